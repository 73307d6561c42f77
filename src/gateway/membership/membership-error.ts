import type { FieldIssueCode } from '../field-issues.js';
import { sayFirstIssue } from '../say-first-issue.js';

/** What is wrong. Stable; the message is for people and may change. */
export type MembershipIssueCode =
  | FieldIssueCode
  | 'file-malformed'
  | 'too-many-records'
  | 'contradiction'
  | 'card-of-other-member'
  | 'identity-of-other-member'
  | 'unit-unknown'
  | 'member-unknown'
  | 'member-erased'
  | 'card-unknown'
  | 'certification-unknown';

/** Where something was said: which record of a file, from 0, and on which line it begins, from 1. */
export interface Origin {
  readonly index: number;
  readonly line?: number | undefined;
}

/** The place, and what is wrong there. Never the value: it may be a card number. */
export interface MembershipIssue extends Origin {
  /** The column or field; empty where the record as a whole is wrong. */
  readonly column: string;
  readonly code: MembershipIssueCode;
  readonly message: string;
}

export type MembershipErrorCode = 'members-invalid';

/** What was handed in contradicts itself or what is known; nothing was changed. */
export class MembershipError extends Error {
  override readonly name = 'MembershipError';
  readonly code: MembershipErrorCode = 'members-invalid';
  /** At least one, and the first hundred at most. */
  readonly issues: readonly MembershipIssue[];

  constructor(issues: readonly MembershipIssue[]) {
    super(sayFirstIssue(issues));
    this.issues = issues;
  }
}
