import { z } from 'zod';
import { accountEvents, allRoles } from '../people/index.js';
import { membershipSchemas } from './membership-schemas.js';
import { name } from './schemas.js';
import { allScopes } from './scopes.js';

const role = z.enum(allRoles);

export const accountId = z.string().regex(/^acc_[0-9a-f]{16}$/, 'acc_ and 16 hex digits');
export const sessionId = z
  .string()
  .regex(/^(current|ses_[0-9a-f]{16})$/, 'current, or ses_ and 16 hex digits')
  .describe('As it is listed, or `current`');

export const loginName = z
  .string()
  .min(1)
  .max(128)
  .describe('Large and small letters are the same; no mobile number, no identity number');
export const password = z.string().min(1).max(1024).describe('12 to 128 characters, and none of the commonest');
export const code = z
  .string()
  .min(6)
  .max(40)
  .describe('The six digits that the authenticator shows, or a recovery code');
export const invitation = z.string().regex(/^yti_[A-Za-z0-9_-]{43}$/, 'an invitation as it was told');

const belongs = {
  member: name.optional().describe('Of a member: their number'),
  unit: name.optional().describe('Of an officer of a unit: its id'),
  bank: name.optional().describe('Of a teller: their bank'),
  operator: name.optional().describe('Of somebody of an operator: its name'),
};

const roles = z.array(role).min(1).max(allRoles.length).describe('All of them belong to the same');

export const newAccountSchema = z.strictObject({ name: loginName, roles, ...belongs });
export const newRolesSchema = z.strictObject({ roles, ...belongs });

export const accountSchema = z
  .object({
    id: accountId,
    name: z.string(),
    roles: z.array(role),
    ...belongs,
    state: z.enum(['invited', 'active', 'disabled']).describe('invited: it has no password yet'),
    secondFactor: z.boolean().describe('Whether a second factor is set up'),
    madeBy: z.string().describe('key:… or account:…'),
    madeAt: z.string(),
  })
  .describe('An account of a person');

const event = z.object({
  event: z.enum(accountEvents),
  at: z.string(),
  by: z.string(),
  detail: z.string().optional(),
});

export const accountDetailsSchema = accountSchema.extend({
  events: z.array(event).describe('What became of it, the last first; the last 200'),
});

const told = {
  invitation: invitation.describe('Told this once: with it the person sets their password'),
  invitationExpiresAt: z.string(),
};

export const invitationSchema = z.object(told).describe('An invitation');
export const invitedAccountSchema = accountSchema.extend(told);

export const newSessionSchema = z
  .object({
    session: z.string(),
    csrfToken: z.string().describe('For X-CSRF-Token of every request that changes something'),
    expiresAt: z.string().describe('However busy it is; after 30 minutes without a request it ends sooner'),
  })
  .describe('A session; its token is in the cookie alone');

export const sessionSchema = z.object({
  session: z.string(),
  startedAt: z.string(),
  seenAt: z.string().describe('Within a minute'),
  expiresAt: z.string(),
  device: z.string().optional().describe('What the browser calls itself'),
  current: z.boolean().describe('Whether it is the one that asks'),
});

export const meSchema = z
  .object({
    kind: z.enum(['person', 'key']),
    id: z.string(),
    roles: z.array(role).optional(),
    ...belongs,
    scopes: z.array(z.enum(allScopes)),
    name: z.string().optional(),
    secondFactor: z.boolean().optional().describe('Whether one is set up'),
    secondFactorNeeded: z.boolean().optional().describe('Nothing but setting one up may be done'),
    recoveryCodesLeft: z.int().optional(),
    csrfToken: z.string().optional(),
    self: membershipSchemas.memberDetails
      .optional()
      .describe('Of a member: what is known of them, as GET /v1/members/{member} shows it'),
    page: z.string().optional().describe('Of a member: the address of their page, what they have and what they lack'),
  })
  .describe('Who asks');
