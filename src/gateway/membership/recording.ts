import type { Transaction } from 'kysely';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { MembershipIssue, MembershipIssueCode, Origin } from './membership-error.js';
import type { PersonalDataCipher } from './personal-data-cipher.js';

/** A member who left, from an instant on. */
export interface Leaver {
  readonly member: string;
  readonly from: string;
}

/** What the parts of one recording share. */
export interface Recording {
  readonly transaction: Transaction<Tables>;
  readonly kind: GatewayDatabase['kind'];
  readonly cipher: PersonalDataCipher;
  /** Makes the tokens by which members are found. */
  readonly tokenKey: Uint8Array;
  /** When it is recorded. */
  readonly nowMs: number;
  /** A file, of which most cards have not been tapped yet. */
  readonly isBulk: boolean;
  /** Where the parts say what cannot be recorded; one is enough to undo everything. */
  readonly issues: MembershipIssue[];
  /** Members that are there: those recorded in this part, of whom the new ones have no facts but those of this part. */
  readonly members: Map<string, 'new' | 'known'>;
  /** Cards that are new in this part. */
  readonly newCards: Set<string>;
  /** Histories of cards that are known in full from what is said in this part, should they be new. */
  readonly inHand: Map<string, string>;
  /** Cards of which something new was recorded, and the earliest instant from which any of it holds. */
  readonly touchedCards: Map<string, number>;
  /** Members who were there and are said to have left, with whatever is to follow from it. */
  readonly leavers: Leaver[];
  /** The same of members: it is of all their cards. */
  readonly touchedMembers: Map<string, number>;
}

/** The beginning of all facts that name no instant. */
export const BEGINNING_MS = 0;

export function touch(touched: Map<string, number>, key: string, fromMs: number): void {
  const known = touched.get(key);
  if (known === undefined || fromMs < known) touched.set(key, fromMs);
}

const MESSAGES = {
  contradiction: 'something else is known or said of this',
  'card-of-other-member': 'this card belongs to another member',
  'identity-of-other-member': 'this identity document belongs to another member',
  'unit-unknown': 'there is no such unit',
  'member-unknown': 'there is no such member',
  'member-erased': 'this member has left and was erased: who joins again gets a new number',
  'card-unknown': 'there is no such card',
  'certification-unknown': 'the member had not been certified for this year by then',
} as const satisfies Partial<Record<MembershipIssueCode, string>>;

export function refuse(
  { issues }: Pick<Recording, 'issues'>,
  origin: Origin,
  column: string,
  code: keyof typeof MESSAGES,
): void {
  issues.push({ ...origin, column, code, message: MESSAGES[code] });
}
