import { cardToken, maskPan } from '../../tap/index.js';
import { listNames } from '../lists/card-list-names.js';
import { digitsOf } from './check-digit.js';
import type { CardState, Certification, MemberCard, MemberRecord, Membership, Withdrawal } from './member-record.js';
import { type MemberTokens, memberTokens } from './member-tokens.js';
import type { Origin } from './membership-error.js';
import type { PersonalDataCipher } from './personal-data-cipher.js';
import { privateDataOf, sealPrivateData } from './private-data.js';

/** A change, and where it was said. */
export type Said<Change> = Change & { readonly origin: Origin };

export type PersonChange = Said<
  Pick<MemberRecord, 'member' | 'name' | 'unit' | 'unitId' | 'sex'> & {
    /** What is stored sealed of a member, sealed already; `null` where nothing is said of it. */
    readonly sealed: string | null;
    /** What it is found by, worked out of what is sealed. */
    readonly tokens: MemberTokens;
  }
>;
export type MembershipEvent = Said<Membership & { readonly member: string }>;
export type CertificationChange = Said<Certification & { readonly member: string }>;
export type WithdrawalChange = Said<Withdrawal & { readonly member: string }>;
export type StateChange = Said<CardState & { readonly token: string }>;
export type CardChange = Said<
  Pick<MemberCard, 'bank' | 'generation' | 'generationFrom' | 'sequenceNumber'> & {
    readonly token: string;
    readonly mask: string;
    /** What it is called on lists for terminals, sealed; absent where it was told before. */
    readonly listName?: Uint8Array | undefined;
    readonly member?: string | undefined;
  }
>;

/** What is to be recorded together. Nothing in here is a card number any more, or personal data in clear. */
export interface MembershipChanges {
  readonly persons: readonly PersonChange[];
  readonly memberships: readonly MembershipEvent[];
  readonly cards: readonly CardChange[];
  readonly certifications: readonly CertificationChange[];
  readonly withdrawals: readonly WithdrawalChange[];
  readonly states: readonly StateChange[];
}

export type CollectedChanges = { -readonly [Part in keyof MembershipChanges]: MembershipChanges[Part][number][] };

export const noChanges = (): CollectedChanges => ({
  persons: [],
  memberships: [],
  cards: [],
  certifications: [],
  withdrawals: [],
  states: [],
});

/** With what numbers become tokens and personal data is sealed. */
export interface NamingKeys {
  readonly tokenKey: Uint8Array;
  readonly cipher: PersonalDataCipher;
}

/** Adds what a record says; its card numbers become tokens and its personal data is sealed here. */
export function addRecord(changes: CollectedChanges, record: MemberRecord, origin: Origin, keys: NamingKeys): void {
  const { member, name, unit, unitId, sex, joined, left, cards = [], certifications = [] } = record;
  const sealed = sealPrivateData(keys.cipher, member, privateDataOf(record));
  const tokens = memberTokens(keys.tokenKey, record);
  changes.persons.push({ member, name, unit, unitId, sex, sealed, tokens, origin });
  if (joined !== undefined) changes.memberships.push({ member, change: 'joined', from: joined, origin });
  if (left !== undefined) changes.memberships.push({ member, change: 'left', from: left, origin });
  for (const certification of certifications) changes.certifications.push({ ...certification, member, origin });
  for (const card of cards) addCard(changes, { ...card, member }, origin, keys.tokenKey);
}

/** Adds a card with its states. */
export function addCard(
  changes: CollectedChanges,
  { pan, states = [], ...card }: MemberCard & { readonly member?: string | undefined },
  origin: Origin,
  tokenKey: Uint8Array,
): void {
  const named = nameCard(pan, tokenKey);
  changes.cards.push({ ...card, ...named, listName: listNameOf(pan, tokenKey), origin });
  for (const state of states) changes.states.push({ ...state, token: named.token, origin });
}

/** What a card is called once its number is forgotten. */
export function nameCard(pan: string, tokenKey: Uint8Array): { readonly token: string; readonly mask: string } {
  const digits = digitsOf(pan);
  return { token: cardToken(tokenKey, digits), mask: maskPan(digits) };
}

/** What it is called on lists for terminals, sealed: from the token nobody could tell any more. */
const listNameOf = (pan: string, tokenKey: Uint8Array): Uint8Array => listNames(tokenKey).sealedName(digitsOf(pan));
