import definitions from './problems.json';

export type ProblemKind = keyof typeof definitions;

/** One field that is wrong: where (JSON pointer, RFC 6901), and what; never the value. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  /** A more exact code under the same status. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const problemDefinitions: Readonly<Record<ProblemKind, { readonly status: number; readonly title: string }>> =
  definitions;

/** Thrown to answer with a problem (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly kind: ProblemKind,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? definitions[kind].title);
  }

  get status(): number {
    return definitions[this.kind].status;
  }

  get details() {
    const { code = this.kind, detail, errors } = this.options;
    const { status, title } = definitions[this.kind];
    return { type: 'about:blank', title, status, code, ...(detail && { detail }), ...(errors && { errors }) };
  }
}
