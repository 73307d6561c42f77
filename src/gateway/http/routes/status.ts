import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import {
  type MembershipOptions,
  type MembershipPolicy,
  memberNumberSchema,
  membershipReasons,
  readCardStatus,
  readMemberStatus,
} from '../../membership/index.js';
import { isCardReachable, isReachable } from '../../people/index.js';
import { reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { token } from '../schemas.js';

export interface StatusOptions extends Pick<MembershipOptions, 'database' | 'clock'> {
  readonly policy: MembershipPolicy;
}

const query = z.strictObject({
  at: instantSchema.optional().describe('The instant that is asked for; now if absent'),
  asKnownAt: instantSchema.optional().describe('By what had been recorded at this instant; now if absent'),
});

const words = {
  entitled: z.boolean().describe('Whether the member’s benefits are had'),
  reason: z.enum(membershipReasons as [string, ...string[]]).describe('Why, or why not; stable'),
  text: z.string(),
  textZh: z.string(),
};

const status = {
  at: z.string(),
  asKnownAt: z.string(),
  ...words,
  year: z.int().describe('The year that a certification counts for'),
  holdsUntil: z.string().optional().describe('By what was known, the answer is another one from then on'),
  policy: z.object({ id: z.string(), source: z.string().optional(), assumption: z.boolean().optional() }),
  facts: z
    .array(
      z.object({
        kind: z.enum(['card', 'card-of-member', 'exchange', 'state', 'membership', 'certification', 'withdrawal']),
        value: z.string(),
        from: z.string().optional().describe('From when it holds; from the beginning if absent'),
        recordedAt: z.string().describe('When the gateway heard of it'),
      }),
    )
    .describe('All that was known, in order of recording'),
};

const cardStatusSchema = z
  .object({ token, mask: z.string().optional(), member: memberNumberSchema.optional(), ...status })
  .describe('Whether a card has its member’s benefits, and why');

const memberStatusSchema = z
  .object({
    member: memberNumberSchema,
    ...status,
    cards: z.array(z.object({ token, mask: z.string(), ...words })).describe('The same of each card'),
  })
  .describe('Whether a member has the member’s benefits, and why');

/** Who had the benefits when, by what was known when: yesterday's answer explained today. */
export function statusRoutes({ database, policy, clock }: StatusOptions): Route[] {
  const common = { method: 'get', access: 'people', scope: 'members:read', audit: 'read', query } as const;
  const asked = ({ at, asKnownAt }: z.infer<typeof query>) => {
    const now = clock().toISOString();
    return { at: at ?? now, asKnownAt: asKnownAt ?? now };
  };
  return [
    route({
      ...common,
      path: '/v1/cards/{token}/status',
      operationId: 'readCardStatus',
      summary: 'Whether a card has its member’s benefits at an instant, why, and by which facts',
      tag: 'cards',
      params: z.strictObject({ token }),
      responses: {
        200: { description: 'The answer, of a card that nobody has registered too', schema: cardStatusSchema },
      },
      problems: ['not-found'],
      async handle({ params, query, principal }) {
        if (!(await isCardReachable(database.kysely, reachOf(principal), params.token))) throw new Problem('not-found');
        return { status: 200, body: await readCardStatus(database, policy, params.token, asked(query)) };
      },
    }),
    route({
      ...common,
      path: '/v1/members/{member}/status',
      operationId: 'readMemberStatus',
      summary: 'Whether a member has the member’s benefits at an instant, with each card, why, and by which facts',
      tag: 'members',
      params: z.strictObject({ member: memberNumberSchema }),
      responses: { 200: { description: 'The answer', schema: memberStatusSchema } },
      problems: ['not-found'],
      async handle({ params, query, principal }) {
        if (!(await isReachable(database.kysely, reachOf(principal), params.member))) throw new Problem('not-found');
        const body = await readMemberStatus(database, policy, params.member, asked(query));
        if (!body) throw new Problem('not-found');
        return { status: 200, body };
      },
    }),
  ];
}
