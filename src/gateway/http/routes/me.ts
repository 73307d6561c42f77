import { z } from 'zod';
import { type MembershipOptions, maskMember, readMember } from '../../membership/index.js';
import { isRefused } from '../../people/index.js';
import { ownAccountProblem } from '../people-problem.js';
import { code, meSchema, newSessionSchema, password } from '../people-schemas.js';
import { type Principal, personOf } from '../principal.js';
import { type RequestContext, type Route, route } from '../route.js';
import { askedFrom, beginSession, type PeopleRoutesOptions } from './sessions.js';

const proof = z.strictObject({ password: password.describe('The present one'), code });
const recoveryCodes = z.array(z.string()).describe('Each is good once in place of a code; told this once');

/** One's own account, and for a member what is known of them. */
export function ownAccountRoutes(options: PeopleRoutesOptions, membership: MembershipOptions): Route[] {
  const { people } = options;
  const { own } = people;
  const common = { tag: 'sessions', access: 'people', scope: 'account:own' } as const;
  const problems = ['account-needed', 'password-wrong', 'login-locked', 'login-busy'] as const;
  const asker = ({ principal, request }: Pick<RequestContext, 'principal' | 'request'>) => ({
    account: personOf(principal).account,
    ...askedFrom(request, options),
  });

  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/me',
      operationId: 'readMe',
      summary: 'Who asks, and what they may do; a member’s own data, masked, and the address of their page',
      audit: 'read',
      readsFor: (principal) => memberIn(principal) !== undefined,
      responses: { 200: { description: 'A person, or a key', schema: meSchema } },
      handle: async ({ principal }) => ({ status: 200, body: await whoAsks(principal) }),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/me/password',
      operationId: 'changePassword',
      summary: 'Change one’s password; every session ends, and one begins anew',
      body: {
        schema: z.strictObject({ present: password.describe('The present one'), password }),
        mediaType: 'application/json',
      },
      responses: { 201: { description: 'Changed', schema: newSessionSchema, headers: ['Set-Cookie'] } },
      problems: [...problems, 'password-refused'],
      async handle({ body, ...context }) {
        const outcome = await own.changePassword(asker(context), body.present, body.password);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return beginSession(outcome, options);
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/me/second-factor',
      operationId: 'beginSecondFactor',
      summary: 'A secret for an authenticator; it counts once its first code has come',
      body: { schema: proof.omit({ code: true }), mediaType: 'application/json' },
      responses: {
        201: {
          description: 'Told this once',
          schema: z.object({
            secret: z.string().describe('Base32, to be typed'),
            uri: z.string().describe('otpauth://…, to be shown as a QR code'),
          }),
        },
      },
      problems: [...problems, 'second-factor-set-already'],
      async handle({ body, ...context }) {
        const outcome = await own.beginSecondFactor(asker(context), body.password);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return { status: 201, body: outcome };
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/me/second-factor/confirmation',
      operationId: 'confirmSecondFactor',
      summary: 'The first code: from now on each log-in needs one; every session ends, and one begins anew',
      body: { schema: proof.omit({ password: true }), mediaType: 'application/json' },
      responses: {
        201: { description: 'Set up', schema: newSessionSchema.extend({ recoveryCodes }), headers: ['Set-Cookie'] },
      },
      problems: ['account-needed', 'login-locked', 'second-factor-wrong', 'second-factor-set-already'],
      async handle({ body, ...context }) {
        const outcome = await own.confirmSecondFactor(asker(context), body.code);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return beginSession(outcome.session, options, { recoveryCodes: outcome.recoveryCodes });
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/me/second-factor/removal',
      operationId: 'removeSecondFactor',
      summary: 'Do without a second factor, where no role needs one',
      body: { schema: proof, mediaType: 'application/json' },
      responses: { 204: { description: 'Removed' } },
      problems: [...problems, 'second-factor-wrong', 'second-factor-not-set', 'second-factor-kept'],
      async handle({ body, ...context }) {
        const outcome = await own.removeSecondFactor(asker(context), body.password, body.code);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return { status: 204 };
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/me/recovery-codes',
      operationId: 'makeRecoveryCodes',
      summary: 'New recovery codes; those before are good no more',
      body: { schema: proof, mediaType: 'application/json' },
      responses: { 201: { description: 'Told this once', schema: z.object({ recoveryCodes }) } },
      problems: [...problems, 'second-factor-wrong', 'second-factor-not-set'],
      async handle({ body, ...context }) {
        const outcome = await own.makeRecoveryCodes(asker(context), body.password, body.code);
        if (isRefused(outcome)) throw ownAccountProblem(outcome);
        return { status: 201, body: { recoveryCodes: outcome } };
      },
    }),
  ];

  async function whoAsks(principal: Principal) {
    const scopes = [...principal.scopes];
    if (principal.role !== 'person') return { kind: 'key', id: principal.keyId, scopes };
    const { account, csrfToken, lacksSecondFactor, roles } = principal;
    return {
      ...{ kind: 'person', id: account, roles, scopes, csrfToken },
      ...(await own.describe(account)),
      secondFactorNeeded: lacksSecondFactor,
      ...(await selfOf(memberIn(principal))),
    };
  }

  async function selfOf(member: string | undefined) {
    const self = member === undefined ? undefined : await readMember(membership, member);
    return self && { self: maskMember(self), page: `/v1/members/${encodeURIComponent(self.member)}/page` };
  }
}

/** The member who asks for themself, and may see what is known of them. */
const memberIn = (principal: Principal): string | undefined =>
  principal.role === 'person' && principal.reach.kind === 'member' && principal.scopes.has('members:read')
    ? principal.reach.member
    : undefined;
