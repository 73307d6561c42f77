interface Issue {
  readonly line?: number | undefined;
  /** The column or field; empty where the whole is wrong. */
  readonly column: string;
  readonly message: string;
}

/** The first thing that is wrong with its place, and how many more there are: the message of an error that has them all. */
export function sayFirstIssue(issues: readonly Issue[]): string {
  const [first] = issues;
  const place = [first?.line && `line ${first.line}`, first?.column].filter(Boolean).join(', ');
  const more = issues.length > 1 ? `, and ${issues.length - 1} more` : '';
  return `${place || 'the whole'}: ${first?.message ?? 'wrong'}${more}`;
}
