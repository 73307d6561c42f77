export type FareErrorCode =
  | 'tariff-invalid'
  | 'tariff-unknown'
  | 'campaigns-invalid'
  | 'campaigns-unknown'
  | 'policy-invalid'
  | 'policy-unknown';

/** One thing that is wrong: the field (`metro.bands.0.uptoM`), the line of a file, what it has to be. */
export interface FareIssue {
  readonly place?: string;
  /** From 1; only of a file. */
  readonly line?: number | undefined;
  /** From 1, on that line. */
  readonly column?: number | undefined;
  readonly message: string;
}

/** A tariff, a set of campaigns or a policy of membership that cannot be used. The message has a line for each thing that is wrong. */
export class FareError extends Error {
  override readonly name = 'FareError';
  readonly code: FareErrorCode;
  /** At least one, and the first ten at most. */
  readonly issues: readonly FareIssue[];
  readonly allIssues: readonly FareIssue[];
  /** As it was named by who read it. */
  readonly file?: string;

  constructor(code: FareErrorCode, issues: readonly FareIssue[], file?: string) {
    const told = issues.slice(0, ISSUES_MAX);
    super(told.map((issue) => say(issue, file)).join('\n'));
    this.code = code;
    this.issues = told;
    this.allIssues = issues;
    if (file !== undefined) this.file = file;
  }
}

const ISSUES_MAX = 10;

function say({ place, line, message }: FareIssue, file: string | undefined): string {
  const where = [file, line === undefined ? undefined : `line ${line}`, place].filter((part) => part !== undefined);
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}
