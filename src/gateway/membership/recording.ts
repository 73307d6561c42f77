import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { MembershipIssue, MembershipIssueCode, Origin } from './membership-error.js';
import type { PersonalDataCipher } from './personal-data-cipher.js';

/** What the parts of one recording share. */
export interface Recording {
  readonly transaction: Transaction<Tables>;
  readonly cipher: PersonalDataCipher;
  /** When it is recorded. */
  readonly nowMs: number;
  /** Where the parts say what cannot be recorded; one is enough to undo everything. */
  readonly issues: MembershipIssue[];
}

const MESSAGES = {
  contradiction: 'something else is known or said of this',
  'card-of-other-member': 'this card belongs to another member',
  'member-unknown': 'there is no such member',
  'card-unknown': 'there is no such card',
} as const satisfies Partial<Record<MembershipIssueCode, string>>;

export function refuse({ issues }: Recording, origin: Origin, column: string, code: keyof typeof MESSAGES): void {
  issues.push({ ...origin, column, code, message: MESSAGES[code] });
}
