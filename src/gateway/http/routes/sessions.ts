import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { isRefused, type NewSession, type People } from '../../people/index.js';
import { clientAddress } from '../client-address.js';
import type { Metrics } from '../metrics.js';
import { logInProblem, ownAccountProblem } from '../people-problem.js';
import {
  code,
  invitation,
  loginName,
  newSessionSchema,
  password,
  sessionId,
  sessionSchema,
} from '../people-schemas.js';
import { personOf } from '../principal.js';
import { Problem } from '../problem.js';
import type { Answer } from '../route.js';
import { type Route, route } from '../route.js';
import { checkSameOrigin } from '../same-origin.js';
import type { SessionCookie } from '../session-cookie.js';
import { traceOf } from '../trace-requests.js';

export interface PeopleRoutesOptions {
  readonly people: People;
  readonly cookie: SessionCookie;
  readonly metrics: Pick<Metrics, 'logInDone'>;
  readonly clock: () => Date;
  readonly isBehindProxy?: boolean | undefined;
}

/** Where a request comes from, and what the browser calls itself. */
export const askedFrom = (request: IncomingMessage, { isBehindProxy }: Pick<PeopleRoutesOptions, 'isBehindProxy'>) => ({
  address: clientAddress(request, isBehindProxy),
  device: request.headers['user-agent'],
});

/** A session begins: its token goes into the cookie, and nowhere else. */
export function beginSession(
  { session, token, csrfToken, expiresAtMs }: NewSession,
  { cookie, clock }: Pick<PeopleRoutesOptions, 'cookie' | 'clock'>,
  more: object = {},
): Answer {
  const seconds = Math.ceil((expiresAtMs - clock().getTime()) / 1000);
  return {
    status: 201,
    body: { session, csrfToken, expiresAt: new Date(expiresAtMs).toISOString(), ...more },
    headers: { 'set-cookie': cookie.set(token, seconds) },
  };
}

/** Logging in and out. */
export function sessionRoutes(options: PeopleRoutesOptions): Route[] {
  const { people, cookie, metrics, isBehindProxy } = options;
  const { sessions } = people;
  const common = { tag: 'sessions', access: 'people', scope: 'account:own' } as const;
  const params = z.strictObject({ session: sessionId });

  /** Whatever session the browser had before is not carried on. */
  async function endFormer(request: IncomingMessage): Promise<void> {
    const token = cookie.read(request);
    const former = token === undefined ? undefined : await sessions.find(token);
    if (former) await sessions.end(former.account, former.session, 'renewed');
  }

  return [
    route({
      method: 'post',
      path: '/v1/sessions',
      operationId: 'logIn',
      summary: 'Log in; the session is in a cookie that no page can read',
      tag: 'sessions',
      access: 'public',
      body: {
        schema: z.strictObject({ name: loginName, password, code: code.optional() }),
        mediaType: 'application/json',
      },
      responses: { 201: { description: 'Logged in', schema: newSessionSchema, headers: ['Set-Cookie'] } },
      problems: ['login-failed', 'second-factor-needed', 'login-locked', 'login-busy', 'origin-mismatch'],
      async handle({ body, request, response }) {
        checkSameOrigin(request, isBehindProxy);
        const { requestId } = traceOf(response);
        const outcome = await people.logIn({ ...body, ...askedFrom(request, options), requestId });
        metrics.logInDone(outcome.kind);
        if (outcome.kind !== 'done') throw logInProblem(outcome);
        await endFormer(request);
        return { ...beginSession(outcome.session, options), log: { account: outcome.account } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/passwords',
      operationId: 'setPassword',
      summary: 'Set one’s first password, or one after a reset, with an invitation',
      tag: 'sessions',
      access: 'public',
      body: { schema: z.strictObject({ invitation, password }), mediaType: 'application/json' },
      responses: { 201: { description: 'Set; log in with it', schema: z.object({ name: z.string() }) } },
      problems: ['invitation-unknown', 'password-refused', 'login-busy', 'origin-mismatch'],
      async handle({ body, request }) {
        checkSameOrigin(request, isBehindProxy);
        const { address } = askedFrom(request, options);
        const outcome = await people.own.setPassword(body.invitation, body.password, address);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return { status: 201, body: outcome };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/sessions',
      operationId: 'listSessions',
      summary: 'One’s own sessions that hold',
      responses: {
        200: { description: 'The newest first; at most 20', schema: z.object({ sessions: z.array(sessionSchema) }) },
      },
      problems: ['account-needed'],
      async handle({ principal }) {
        const { account, session: current } = personOf(principal);
        const list = await sessions.list(account);
        return {
          status: 200,
          body: { sessions: list.map((each) => ({ ...each, current: each.session === current })) },
        };
      },
    }),
    route({
      ...common,
      method: 'delete',
      path: '/v1/sessions/{session}',
      operationId: 'endSession',
      summary: 'End one of one’s own sessions; `current` logs out',
      params,
      responses: { 204: { description: 'Ended', headers: ['Set-Cookie'] } },
      problems: ['not-found', 'account-needed'],
      async handle({ params, principal }) {
        const { account, session: current } = personOf(principal);
        const session = params.session === 'current' ? current : params.session;
        const isOwn = session === current;
        const isEnded = await sessions.end(account, session, isOwn ? 'logged-out' : 'ended-by-owner');
        if (!isEnded) throw new Problem('not-found');
        return { status: 204, ...(isOwn && { headers: { 'set-cookie': cookie.clear() } }) };
      },
    }),
  ];
}
