import { z } from 'zod';
import { allRoles, hasScope, type Manager, mayUse, type People, roleDefinitions } from '../../people/index.js';
import { pageOf } from '../page-of.js';
import { accountProblem } from '../people-problem.js';
import {
  accountDetailsSchema,
  accountId,
  accountSchema,
  invitationSchema,
  invitedAccountSchema,
  loginName,
  newAccountSchema,
  newRolesSchema,
} from '../people-schemas.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { page } from '../schemas.js';
import { allScopes } from '../scopes.js';

/** A person looks after whom their roles manage; a key after whoever can do no more than itself. */
function managerOf(principal: Principal): Manager {
  const common = { by: actorOf(principal), reach: reachOf(principal) };
  if (principal.role === 'person') {
    const { account, roles } = principal;
    const manages = allRoles.filter((role) => roles.some((own) => roleDefinitions[own].manages.includes(role)));
    return { ...common, account, manages, seesAll: roles.some((role) => mayUse(role, 'administrator')) };
  }
  const canGive = (scope: (typeof allScopes)[number]) => principal.scopes.has(scope);
  const manages = allRoles.filter((role) => allScopes.filter((scope) => hasScope(role, scope)).every(canGive));
  return { ...common, manages, seesAll: true };
}

function orNotFound<Found>(found: Found | undefined): Found {
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** Accounts of people, looked after by those above them. */
export function accountRoutes({ accounts }: Pick<People, 'accounts'>): Route[] {
  const read = { tag: 'accounts', access: 'people', scope: 'accounts:read' } as const;
  const change = { tag: 'accounts', access: 'people', scope: 'accounts:write', method: 'post' } as const;
  const params = z.strictObject({ account: accountId });
  return [
    route({
      ...change,
      path: '/v1/accounts',
      operationId: 'makeAccount',
      summary: 'Make an account for a person, and an invitation to hand to them',
      body: { schema: newAccountSchema, mediaType: 'application/json' },
      responses: { 201: { description: 'Made; the invitation is told this once', schema: invitedAccountSchema } },
      problems: ['account-invalid', 'login-name-taken'],
      async handle({ body, principal }) {
        const made = await accounts.create(managerOf(principal), body);
        if (typeof made === 'string') throw accountProblem(made);
        return { status: 201, body: made, log: { account: made.id } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/accounts',
      operationId: 'listAccounts',
      summary: 'Accounts that one looks after; all, for auditors and administrators',
      audit: 'read',
      query: page,
      responses: {
        200: {
          description: 'In order of their ids; `next` is there when there are more',
          schema: z.object({ accounts: z.array(accountSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, after }, principal }) {
        const found = await accounts.list(managerOf(principal), { limit: limit + 1, after });
        const { items, next } = pageOf(found, limit, ({ id }) => id);
        return { status: 200, body: { accounts: items, next } };
      },
    }),
    route({
      ...read,
      method: 'post',
      path: '/v1/accounts/lookup',
      operationId: 'lookUpAccount',
      summary: 'The account of a login name, which stands in no address',
      audit: 'read',
      body: { schema: z.strictObject({ name: loginName }), mediaType: 'application/json' },
      responses: { 200: { description: 'The account', schema: accountSchema } },
      problems: ['not-found'],
      handle: async ({ body, principal }) => ({
        status: 200,
        body: orNotFound(await accounts.find(managerOf(principal), body.name)),
      }),
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/accounts/{account}',
      operationId: 'readAccount',
      summary: 'An account, and what became of it',
      audit: 'read',
      params,
      responses: { 200: { description: 'The account', schema: accountDetailsSchema } },
      problems: ['not-found'],
      handle: async ({ params, principal }) => ({
        status: 200,
        body: orNotFound(await accounts.read(managerOf(principal), params.account)),
      }),
    }),
    route({
      ...change,
      path: '/v1/accounts/{account}/invitations',
      operationId: 'inviteAccount',
      summary: 'Another invitation, in place of one that was not taken up',
      params,
      responses: { 201: { description: 'Told this once', schema: invitationSchema } },
      problems: ['not-found', 'account-active'],
      async handle({ params, principal }) {
        const invited = orNotFound(await accounts.invite(managerOf(principal), params.account));
        if (invited === 'active') throw new Problem('account-active');
        return { status: 201, body: invited };
      },
    }),
    route({
      ...change,
      path: '/v1/accounts/{account}/reset',
      operationId: 'resetAccount',
      summary: 'Take the password, and where it is said the second factor, and invite anew; every session ends',
      params,
      body: {
        schema: z.strictObject({ secondFactor: z.boolean().default(false).describe('Whether it goes too') }),
        mediaType: 'application/json',
      },
      responses: { 201: { description: 'The invitation is told this once', schema: invitationSchema } },
      problems: ['not-found'],
      handle: async ({ params, body, principal }) => ({
        status: 201,
        body: orNotFound(await accounts.reset(managerOf(principal), params.account, body.secondFactor)),
      }),
    }),
    route({
      ...change,
      path: '/v1/accounts/{account}/states',
      operationId: 'setAccountState',
      summary: 'Disable an account, or enable it again; every session ends',
      params,
      body: {
        schema: z.strictObject({
          state: z.enum(['disabled', 'enabled']),
          reason: z.string().min(1).max(200).optional().describe('No person’s data'),
        }),
        mediaType: 'application/json',
      },
      responses: { 200: { description: 'As it is now', schema: accountSchema } },
      problems: ['not-found'],
      async handle({ params, body, principal }) {
        const isDisabled = body.state === 'disabled';
        const manager = managerOf(principal);
        const account = await accounts.setDisabled(manager, params.account, isDisabled, body.reason);
        return { status: 200, body: orNotFound(account) };
      },
    }),
    route({
      ...change,
      path: '/v1/accounts/{account}/roles',
      operationId: 'setAccountRoles',
      summary: 'Give an account other roles, or another unit; every session ends',
      params,
      body: { schema: newRolesSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'As it is now', schema: accountSchema } },
      problems: ['not-found', 'account-invalid'],
      async handle({ params, body, principal }) {
        const changed = orNotFound(await accounts.setRoles(managerOf(principal), params.account, body));
        if (typeof changed === 'string') throw accountProblem(changed);
        return { status: 200, body: changed };
      },
    }),
  ];
}
