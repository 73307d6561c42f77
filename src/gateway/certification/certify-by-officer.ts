import { type Reach, whereReachable } from '../people/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { applyCertifications, type CertificationOutcome, type CertificationWish } from './apply-certifications.js';
import type { CertificationOptions } from './certification-options.js';

export interface OfficerCertification {
  readonly wishes: readonly CertificationWish[];
  readonly year: number;
  /** `key:…`, `account:…` */
  readonly actor: string;
  /** Whom the officer may certify; the others are as if they were not there. */
  readonly reach: Reach;
}

const TOGETHER = 500;

/**
 * Certifies members one by one, each for itself: who cannot be is told why. Some hundred a transaction; where that is
 * cut off, the same again goes on. Outcomes in the order of the wishes.
 */
export async function certifyByOfficer(
  options: CertificationOptions,
  { wishes, year, actor, reach }: OfficerCertification,
): Promise<readonly CertificationOutcome[]> {
  const outcomes: CertificationOutcome[] = [];
  const twice = indexesSaidTwice(wishes);
  for (let start = 0; start < wishes.length; start += TOGETHER) {
    const lot = wishes.slice(start, start + TOGETHER);
    const members = await reachable(options.database, reach, lot);
    const mine = lot.filter(({ member }, index) => members.has(member) && !twice.has(start + index));
    const done = await options.database.inTransaction((transaction) =>
      applyCertifications(options, transaction, mine, { year, by: 'officer', actor }),
    );
    let next = 0;
    for (const [index, { member }] of lot.entries()) {
      if (twice.has(start + index)) outcomes.push({ member, result: 'refused', code: 'member-twice' });
      else if (!members.has(member)) outcomes.push({ member, result: 'refused', code: 'member-unknown' });
      else outcomes.push(done[next++]!);
    }
  }
  await options.afterRecording?.();
  return outcomes;
}

/** Where a member comes again: the first is taken. */
function indexesSaidTwice(wishes: readonly CertificationWish[]): ReadonlySet<number> {
  const seen = new Set<string>();
  return new Set(
    wishes.flatMap(({ member }, index) => {
      const isAgain = seen.has(member);
      seen.add(member);
      return isAgain ? [index] : [];
    }),
  );
}

async function reachable(
  { kysely }: GatewayDatabase,
  reach: Reach,
  wishes: readonly CertificationWish[],
): Promise<ReadonlySet<string>> {
  const members = [...new Set(wishes.map(({ member }) => member))];
  const query = kysely.selectFrom('members').select('members.member').where('members.member', 'in', members);
  const rows = await whereReachable(query, reach).execute();
  return new Set(rows.map(({ member }) => member));
}
