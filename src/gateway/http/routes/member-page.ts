import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import { type MemberPageOptions, readMemberPage } from '../../certification/index.js';
import { memberNumberSchema, membershipReasons } from '../../membership/index.js';
import { isReachable } from '../../people/index.js';
import { reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { token } from '../schemas.js';

const words = {
  entitled: z.boolean(),
  reason: z.enum(membershipReasons as [string, ...string[]]).describe('Stable'),
  text: z.string(),
  textZh: z.string(),
};

const memberPageSchema = z
  .object({
    member: memberNumberSchema,
    at: z.string(),
    year: z.int(),
    ...words,
    holdsUntil: z.string().optional().describe('By what is known, the answer is another one from then on'),
    cards: z.array(z.object({ token, mask: z.string(), ...words })),
    campaigns: z
      .array(
        z.object({
          campaign: z.string(),
          name: z.string(),
          nameZh: z.string(),
          service: z.string(),
          from: z.string(),
          to: z.string(),
          has: z.boolean().describe('Whether this member has it'),
          text: z.string().optional().describe('Why not, as the receipt of a ride says it'),
          textZh: z.string().optional(),
        }),
      )
      .describe('Campaigns for members that hold on the day'),
  })
  .describe('What a member is told: certified or not, until when, and what is lost');

/** The data of a member's page. */
export function memberPageRoutes(options: MemberPageOptions): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/members/{member}/page',
      operationId: 'readMemberPage',
      summary: 'Certified or not, until when, and what is lost and why, in the words of the receipt',
      tag: 'certification',
      access: 'people',
      scope: 'members:read',
      audit: 'read',
      params: z.strictObject({ member: memberNumberSchema }),
      query: z.strictObject({ at: instantSchema.optional().describe('Now if absent') }),
      responses: { 200: { description: 'The page', schema: memberPageSchema } },
      problems: ['not-found'],
      async handle({ params: { member }, query: { at }, principal }) {
        const isThere = await isReachable(options.database.kysely, reachOf(principal), member);
        const body = isThere ? await readMemberPage(options, member, at) : undefined;
        if (!body) throw new Problem('not-found');
        return { status: 200, body };
      },
    }),
  ];
}
