import { cardToken, maskPan } from '../../tap/index.js';
import { listNames } from '../lists/card-list-names.js';
import { digitsOf } from './check-digit.js';
import type { CardState, Certification, MemberCard, MemberRecord } from './member-record.js';
import type { Origin } from './membership-error.js';

/** A change, and where it was said. */
export type Said<Change> = Change & { readonly origin: Origin };

export type PersonChange = Said<Omit<MemberRecord, 'certifications' | 'cards'>>;
export type CertificationChange = Said<Certification & { readonly member: string }>;
export type StateChange = Said<CardState & { readonly token: string }>;
export type CardChange = Said<{
  readonly token: string;
  readonly mask: string;
  /** What it is called on lists for terminals, sealed. */
  readonly listName: Uint8Array;
  readonly bank?: string | undefined;
  readonly generation: MemberCard['generation'];
  readonly member?: string | undefined;
}>;

/** What is to be recorded together. Nothing in here is a card number any more. */
export interface MembershipChanges {
  readonly persons: readonly PersonChange[];
  readonly cards: readonly CardChange[];
  readonly certifications: readonly CertificationChange[];
  readonly states: readonly StateChange[];
}

type Collected = { -readonly [Part in keyof MembershipChanges]: MembershipChanges[Part][number][] };

export const noChanges = (): Collected => ({ persons: [], cards: [], certifications: [], states: [] });

/** Adds what a record says; its card numbers become tokens here. */
export function addRecord(changes: Collected, record: MemberRecord, origin: Origin, tokenKey: Uint8Array): void {
  const { cards = [], certifications = [], ...person } = record;
  const { member } = record;
  changes.persons.push({ ...person, origin });
  for (const certification of certifications) changes.certifications.push({ ...certification, member, origin });
  for (const { pan, states = [], ...card } of cards) {
    const named = nameCard(pan, tokenKey);
    changes.cards.push({ ...card, ...named, listName: listNameOf(pan, tokenKey), member, origin });
    for (const state of states) changes.states.push({ ...state, token: named.token, origin });
  }
}

/** What a card is called once its number is forgotten. */
export function nameCard(pan: string, tokenKey: Uint8Array): { readonly token: string; readonly mask: string } {
  const digits = digitsOf(pan);
  return { token: cardToken(tokenKey, digits), mask: maskPan(digits) };
}

/** What it is called on lists for terminals, sealed: from the token nobody could tell any more. */
export const listNameOf = (pan: string, tokenKey: Uint8Array): Uint8Array =>
  listNames(tokenKey).sealedName(digitsOf(pan));
