import codes from './problem-codes.json';

export type ProblemCode = keyof typeof codes;

/** One field that is wrong: where, and what. Never the value, which may hold a card number. */
export interface FieldProblem {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** In a file: the line on which the record begins, from 1, and the name of the column. */
  readonly line?: number | undefined;
  readonly column?: string | undefined;
}

/** An error as the interface tells it (RFC 9457). */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldProblem[];
}

export interface ProblemOptions {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
  /** A more exact code under the same status: the reason of a refusal. */
  readonly code?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Members of its own (RFC 9457 §3.2): the tap that was refused. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Thrown by a handler to answer with a problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;

  constructor(
    readonly kind: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? codes[kind].title);
    this.status = codes[kind].status;
  }

  details(instance?: string): ProblemDetails {
    const { title, status } = codes[this.kind];
    const { code = this.kind, detail, errors, extensions } = this.options;
    return {
      type: `/docs#${this.kind}`,
      title,
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
      ...(instance === undefined ? {} : { instance }),
      ...(errors === undefined ? {} : { errors }),
      ...extensions,
    };
  }
}

export interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  /** What to do about it, in Markdown. */
  readonly remedy: string;
}

export const problemDefinitions: Readonly<Record<ProblemCode, ProblemDefinition>> = codes;
