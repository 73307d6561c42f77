import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import { onceFor } from '../../../emv/once-for.js';
import { deriveKey } from '../derive-key.js';
import type { Tables } from '../storage/index.js';
import type { CollectionPolicy } from './collection-policy.js';

type Scheme = CollectionPolicy['memberNumber'];

const numberKey = onceFor((tokenKey: Uint8Array) => deriveKey(tokenKey, 'yongtap member numbers'));

/** More never happened: each is a billion to one where ten digits are in use for a million members. */
const ATTEMPTS_MAX = 20;

/**
 * The union's numbers of new members: the same person gets the same one, two persons never do, and it tells nothing of
 * either. Where another member has a number already, the next one is worked out. `identities`: tokens of documents.
 */
export async function memberNumbers(
  kysely: Kysely<Tables>,
  tokenKey: Uint8Array,
  scheme: Scheme,
  identities: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  const taken = new Set<string>();
  let open = identities;
  for (let attempt = 0; open.length > 0 && attempt < ATTEMPTS_MAX; attempt++) {
    const wanted = open.map((identity) => [identity, numberOf(tokenKey, scheme, identity, attempt)] as const);
    const rows = await kysely
      .selectFrom('members')
      .select('member')
      .where(
        'member',
        'in',
        wanted.map(([, number]) => number),
      )
      .execute();
    for (const { member } of rows) taken.add(member);
    for (const [identity, number] of wanted) {
      if (taken.has(number)) continue;
      taken.add(number);
      numbers.set(identity, number);
    }
    open = open.filter((identity) => !numbers.has(identity));
  }
  return numbers;
}

/** `attempt` 0 is the first choice. */
function numberOf(
  tokenKey: Uint8Array,
  { prefix, digits }: Pick<Scheme, 'prefix' | 'digits'>,
  identity: string,
  attempt: number,
): string {
  const hash = createHmac('sha256', numberKey(tokenKey)).update(`${attempt} ${identity}`).digest();
  const number = String(hash.readBigUInt64BE() % 10n ** BigInt(digits)).padStart(digits, '0');
  return prefix + number + checkDigit(number);
}

/** ISO/IEC 7812-1 annex B: a wrong digit is noticed, and nearly every two that changed places. */
function checkDigit(number: string): string {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}
