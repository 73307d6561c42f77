import type { MemberRecord } from './member-record.js';
import { addRecord, type CollectedChanges, type NamingKeys, noChanges } from './membership-changes.js';
import type { Origin } from './membership-error.js';

/** What a record says, as text that is put aside: without card numbers, with personal data sealed. */
export function toPreparedText(record: MemberRecord, origin: Origin, keys: NamingKeys): string {
  const changes = noChanges();
  addRecord(changes, record, origin, keys);
  const cards = changes.cards.map(({ listName, ...card }) => ({
    ...card,
    listName: Buffer.from(listName ?? []).toString('base64'),
  }));
  return JSON.stringify({ ...changes, cards });
}

/** Adds what such a text says to the changes that are recorded together. */
export function addPreparedText(changes: CollectedChanges, text: string): void {
  const { persons, memberships, cards, certifications, withdrawals, states } = JSON.parse(text) as CollectedChanges;
  changes.persons.push(...persons);
  changes.memberships.push(...memberships);
  for (const { listName, ...card } of cards as unknown as (CollectedChanges['cards'][number] & {
    listName: string;
  })[]) {
    changes.cards.push({ ...card, listName: new Uint8Array(Buffer.from(listName, 'base64')) });
  }
  changes.certifications.push(...certifications);
  changes.withdrawals.push(...withdrawals);
  changes.states.push(...states);
}
