import type { CardState, Certification, MemberRecord, Membership, NewCard, Withdrawal } from './member-record.js';
import { addCard, addRecord, noChanges } from './membership-changes.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { type MembershipOptions, type RecordedChanges, recordChanges } from './record-changes.js';

const ORIGIN = { index: 0 };

type OfMember<Fact> = Fact & { readonly member: string };

/** Records one member. Throws MembershipError, as do the others. */
export function recordMember(options: MembershipOptions, record: MemberRecord): Promise<RecordedChanges> {
  const { tokenKey, personalDataKey, formerDataKeys, random } = options;
  const changes = noChanges();
  addRecord(changes, record, ORIGIN, {
    tokenKey,
    cipher: createPersonalDataCipher(personalDataKey, random, formerDataKeys),
  });
  return recordChanges(options, changes);
}

/** Records certifications of members who are known, all of them or none. */
export function recordCertificationsOf(
  options: MembershipOptions,
  certifications: readonly OfMember<Certification>[],
): Promise<RecordedChanges> {
  const said = certifications.map((certification, index) => ({ ...certification, origin: { index } }));
  return recordChanges(options, { ...noChanges(), certifications: said });
}

/** Records one certification of a member who is known. */
export const recordCertification = (
  options: MembershipOptions,
  certification: OfMember<Certification>,
): Promise<RecordedChanges> => recordCertificationsOf(options, [certification]);

/** Records that the certifications of a member for a year count no more from an instant on. */
export function recordWithdrawal(
  options: MembershipOptions,
  withdrawal: OfMember<Withdrawal>,
): Promise<RecordedChanges> {
  return recordChanges(options, { ...noChanges(), withdrawals: [{ ...withdrawal, origin: ORIGIN }] });
}

/** Records that a member who is known joined or left at an instant. */
export function recordMembership(
  options: MembershipOptions,
  membership: OfMember<Membership>,
): Promise<RecordedChanges> {
  return recordChanges(options, { ...noChanges(), memberships: [{ ...membership, origin: ORIGIN }] });
}

/** Records one card, of a member who is known or of nobody. */
export function recordCard(options: MembershipOptions, card: NewCard): Promise<RecordedChanges> {
  const changes = noChanges();
  addCard(changes, card, ORIGIN, options.tokenKey);
  return recordChanges(options, changes);
}

/** Records that a card, known by its token, is in a state from an instant on. */
export function recordState(
  options: MembershipOptions,
  state: CardState & { readonly token: string },
): Promise<RecordedChanges> {
  return recordChanges(options, { ...noChanges(), states: [{ ...state, origin: ORIGIN }] });
}
