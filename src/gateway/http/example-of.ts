import examples from './examples.json' with { type: 'json' };

type Json = Readonly<Record<string, unknown>>;

/** One request of an operation that succeeds, and its answer. */
export interface Example {
  readonly params?: Json;
  readonly query?: string;
  readonly request?: unknown;
  readonly status: number;
  readonly response?: unknown;
}

export const exampleOf = (operationId: string): Example | undefined =>
  (examples as Readonly<Record<string, Example>>)[operationId];
