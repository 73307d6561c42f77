import type { CardState, Certification, MemberRecord, NewCard } from './member-record.js';
import { addRecord, listNameOf, nameCard, noChanges } from './membership-changes.js';
import { type MembershipOptions, type RecordedChanges, recordChanges } from './record-changes.js';

const ORIGIN = { index: 0 };

/** Records one member. Throws MembershipError, as do the next three. */
export function recordMember(options: MembershipOptions, record: MemberRecord): Promise<RecordedChanges> {
  const changes = noChanges();
  addRecord(changes, record, ORIGIN, options.tokenKey);
  return recordChanges(options, changes);
}

/** Records one certification of a member who is known. */
export function recordCertification(
  options: MembershipOptions,
  certification: Certification & { readonly member: string },
): Promise<RecordedChanges> {
  return recordChanges(options, { ...noChanges(), certifications: [{ ...certification, origin: ORIGIN }] });
}

/** Records one card, of a member who is known or of nobody. */
export function recordCard(
  options: MembershipOptions,
  { pan, states = [], ...card }: NewCard,
): Promise<RecordedChanges> {
  const named = nameCard(pan, options.tokenKey);
  return recordChanges(options, {
    ...noChanges(),
    cards: [{ ...card, ...named, listName: listNameOf(pan, options.tokenKey), origin: ORIGIN }],
    states: states.map((state) => ({ ...state, token: named.token, origin: ORIGIN })),
  });
}

/** Records that a card, known by its token, is in a state from an instant on. */
export function recordState(
  options: MembershipOptions,
  state: CardState & { readonly token: string },
): Promise<RecordedChanges> {
  return recordChanges(options, { ...noChanges(), states: [{ ...state, origin: ORIGIN }] });
}
