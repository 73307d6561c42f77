import type { FieldIssueCode } from '../field-issues.js';
import { sayFirstIssue } from '../say-first-issue.js';

/** What is wrong with a unit. Stable; the message is for people and may change. */
export type UnitIssueCode =
  | FieldIssueCode
  | 'file-malformed'
  | 'contradiction'
  | 'parent-unknown'
  | 'level-changed'
  | 'level-not-allowed-here'
  | 'unit-below-itself'
  | 'too-deep';

/** Which unit of a list, from 0, in a file on which line, from 1; and what is wrong there. */
export interface UnitIssue {
  readonly index: number;
  readonly line?: number | undefined;
  readonly column: string;
  readonly code: UnitIssueCode;
  readonly message: string;
}

export type UnitsErrorCode = 'units-invalid';

/** What was said of units contradicts itself or what is known; nothing was changed. */
export class UnitsError extends Error {
  override readonly name = 'UnitsError';
  readonly code: UnitsErrorCode = 'units-invalid';
  /** At least one, and the first hundred at most. */
  readonly issues: readonly UnitIssue[];

  constructor(issues: readonly UnitIssue[]) {
    super(sayFirstIssue(issues));
    this.issues = issues.slice(0, 100);
  }
}
