import type { Transaction } from 'kysely';
import { shanghaiInstant } from '../../calendar/shanghai.js';
import { readMemberFacts } from '../membership/facts.js';
import {
  type CertificationField,
  certificationFields,
  type MembershipPolicy,
  memberRefusal,
  stands,
} from '../membership/index.js';
import { addRecord, noChanges } from '../membership/membership-changes.js';
import { openPrivateData } from '../membership/private-data.js';
import { beginRecording, recordPart, throwIssues } from '../membership/record-changes.js';
import { touch } from '../membership/recording.js';
import { toMemberHistory } from '../membership/to-history.js';
import type { Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import { ruleOf } from './certification-year.js';
import type { Certifying } from './certifying.js';
import { type ConfirmedFields, saidFields } from './confirmed-fields.js';
import { keepConfirmations, type NewConfirmation } from './keep-confirmations.js';

/** A member to be certified, and what is confirmed or corrected with it. */
export interface CertificationWish {
  readonly member: string;
  readonly said: ConfirmedFields;
}

/** Why a member is not certified. */
export type CertificationRefusal =
  | 'member-unknown'
  | 'not-yet-a-member'
  | 'member-left'
  | 'not-a-member'
  | 'field-missing'
  | 'member-twice';

export type CertificationOutcome =
  | {
      readonly member: string;
      /** `unchanged`: certified already, and nothing was corrected. */
      readonly result: 'certified' | 'corrected' | 'unchanged';
      readonly changed: readonly CertificationField[];
    }
  | {
      readonly member: string;
      readonly result: 'refused';
      readonly code: CertificationRefusal;
      /** What the register lacks and nobody has said. */
      readonly missing?: readonly CertificationField[];
    };

/**
 * Certifies members who are good for it, from this instant on, with what is corrected; who cannot be certified is told
 * why, and the others are certified all the same. Who is certified already is not certified again. Each member comes
 * once; the rows are held until the transaction ends, so that two who certify one member come one after the other.
 */
export async function applyCertifications(
  options: CertificationOptions,
  transaction: Transaction<Tables>,
  wishes: readonly CertificationWish[],
  certifying: Certifying,
): Promise<readonly CertificationOutcome[]> {
  const { policy, tokenKey } = options;
  const { year, by } = certifying;
  const recording = beginRecording(options, transaction, { isBulk: true });
  const at = shanghaiInstant(recording.nowMs);
  const rows = await lockMembers(transaction, wishes, recording.kind === 'postgresql');
  const factsOf = await readMemberFacts(transaction, [...rows.keys()]);
  const changes = noChanges();
  const confirmations: NewConfirmation[] = [];
  const outcomes = wishes.map(({ member, said }, index): CertificationOutcome => {
    const row = rows.get(member);
    if (!row) return { member, result: 'refused', code: 'member-unknown' };
    const history = toMemberHistory(factsOf.get(member)!);
    const refusal = memberRefusal({ ...history, member: true, generation: 'pboc3', states: [] }, at);
    if (refusal) return { member, result: 'refused', code: refusal };
    const { address, mobile } = openPrivateData(recording.cipher, row);
    const known: ConfirmedFields = {
      name: row.name,
      unit: row.work_unit ?? undefined,
      sex: row.sex ?? undefined,
      address,
      mobile,
    };
    const missing = missingFields(policy, year, { ...known, ...defined(said) });
    if (missing.length > 0) return { member, result: 'refused', code: 'field-missing', missing };
    const changed = saidFields(said).filter((field) => said[field] !== known[field]);
    const isCertified = history.certifications.some((one) => one.year === year && stands(one, history, at));
    if (isCertified && changed.length === 0) return { member, result: 'unchanged', changed };
    const origin = { index };
    if (!isCertified) changes.certifications.push({ member, year, at, by, origin });
    if (changed.length > 0) {
      const corrected = Object.fromEntries(changed.map((field) => [field, said[field]]));
      addRecord(changes, { name: row.name, ...corrected, member }, origin, { tokenKey, cipher: recording.cipher });
    }
    confirmations.push({ member, isNew: !isCertified, changed, before: known, after: said });
    return { member, result: isCertified ? 'corrected' : 'certified', changed };
  });
  // A tap that comes while this is being recorded was priced without it: it is priced again.
  for (const { member } of changes.certifications) touch(recording.touchedMembers, member, recording.nowMs - 1);
  await recordPart(recording, changes);
  throwIssues(recording);
  await keepConfirmations(recording, options.random, certifying, confirmations);
  return outcomes;
}

async function lockMembers(
  transaction: Transaction<Tables>,
  wishes: readonly CertificationWish[],
  isLocking: boolean,
): Promise<ReadonlyMap<string, Tables['members']>> {
  const members = [...new Set(wishes.map(({ member }) => member))];
  if (members.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('members')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('member')
    .$if(isLocking, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.member, row]));
}

const defined = (said: ConfirmedFields): ConfirmedFields =>
  Object.fromEntries(saidFields(said).map((field) => [field, said[field]]));

/** What the policy wants confirmed and nobody knows. */
function missingFields(policy: MembershipPolicy, year: number, known: ConfirmedFields): readonly CertificationField[] {
  const confirms = ruleOf(policy, year)?.confirms ?? certificationFields;
  return confirms.filter((field) => known[field] === undefined);
}
