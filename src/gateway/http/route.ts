import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Principal } from './principal.js';
import type { ProblemCode } from './problem.js';
import type responseHeaders from './response-headers.json';
import type { Scope } from './scopes.js';

/**
 * Who may use a route at all. `operator`: keys of operators and administrators. `administrator`: keys of administrators.
 * `people`: these, and whoever has logged in, as far as `reachOf` says. A person may use the others as their role says.
 */
export type Access = 'public' | 'operator' | 'people' | 'administrator';

export type ResponseHeader = keyof typeof responseHeaders;

export interface ResponseDescription {
  readonly description: string;
  readonly schema?: z.ZodType | Readonly<Record<string, unknown>>;
  /** Default `application/json`. */
  readonly mediaType?: string;
  /** Further media types, where the request chooses. */
  readonly others?: Readonly<Record<string, z.ZodType>>;
  /** Beside those that any answer may have. */
  readonly headers?: readonly ResponseHeader[];
}

export interface BodyDescription<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly mediaType: string;
  /** Further media types, where the handler reads the body itself. */
  readonly others?: Readonly<Record<string, z.ZodType>>;
  /** The handler reads the body itself, as it comes. */
  readonly isRaw?: boolean;
  /** The handler gets the body's text, and holds it to the schema. */
  readonly isText?: boolean;
}

/** A request once it was found to be as its route describes it. */
export interface RequestContext<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Of a body that is taken as text. */
  readonly text?: string | undefined;
  readonly principal: Principal;
  readonly request: IncomingMessage;
  /** For an answer that is streamed. */
  readonly response: Response;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the request log says beside the usual: counts and codes, nothing that came from a card. */
  readonly log?: Readonly<Record<string, string | number>>;
  /** What the audit log says beside that: why something was asked for. Nothing that is known of a person. */
  readonly audited?: Readonly<Record<string, string | number>>;
}

/**
 * One operation: what express does and what OpenAPI says come from this one description. `streamed` in place of an
 * answer: the handler has written it.
 */
export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  /** With OpenAPI's braces: `/v1/taps/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: string;
  /**
   * `operator`: it shows or changes what belongs to the key's own operator, and nothing else. `people`: what is in reach,
   * and what is not answers as if it were not there.
   */
  readonly access: Access;
  /** What a key must be allowed; every route that is not public has one. */
  readonly scope?: Scope;
  /**
   * What the audit log tells: a change, or that something known of a person was read. What is streamed of persons is
   * announced as a change is, or it would be told before that is written down. Left out: a change, unless the method is
   * GET. `none` is for taps and claims, which the books themselves tell of.
   */
  readonly audit?: 'change' | 'read' | 'none';
  /** Of a route whose `audit` is `read`: for whom its answer has something of a person. Left out: for everybody. */
  readonly readsFor?: (principal: Principal) => boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: BodyDescription;
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** Problems of its own, beside those that every route may answer. */
  readonly problems?: readonly ProblemCode[];
  handle(context: RequestContext): Promise<Answer | 'streamed'>;
}

/** A route whose handler knows the types of its own schemas. */
export function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  description: Omit<Route, 'handle' | 'params' | 'query' | 'body'> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: BodyDescription<Body>;
    handle(context: RequestContext<z.infer<Params>, z.infer<Query>, z.infer<Body>>): Promise<Answer | 'streamed'>;
  },
): Route {
  return description as unknown as Route;
}
