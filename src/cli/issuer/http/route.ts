import type { z } from 'zod';
import type { ProblemKind } from './problem.js';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What the request log says beside the usual: masks, tokens and codes, never a card number. */
  readonly log?: Readonly<Record<string, unknown>>;
}

interface Described<Params, Query, Body> {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With OpenAPI's braces. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly isPublic?: boolean;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** What each status means, and what comes with it. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType }>>;
  /** Problems of its own. */
  readonly problems?: readonly ProblemKind[];
}

/** One operation: what express does and what OpenAPI says come from this one description. */
export interface Route extends Described<z.ZodType, z.ZodType, z.ZodType> {
  handle(request: { params: unknown; query: unknown; body: unknown }): Answer;
}

/** A route whose handler knows the types of its own schemas. */
export function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  description: Described<Params, Query, Body> & {
    handle(request: { params: z.infer<Params>; query: z.infer<Query>; body: z.infer<Body> }): Answer;
  },
): Route {
  return description as unknown as Route;
}
