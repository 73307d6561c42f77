import { z } from 'zod';
import { unfoldRow } from '../../intake/index.js';
import {
  type ErasureResult,
  eraseMember,
  exportMember,
  type MembershipOptions,
  memberNumberSchema,
  personalDataCipherOf,
  readMember,
} from '../../membership/index.js';
import { isReachable } from '../../people/index.js';
import { answerFile } from '../answer-file.js';
import { membershipSchemas } from '../membership-schemas.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';

const params = z.strictObject({ member: memberNumberSchema });

const reasonSchema = z.strictObject({
  reason: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{3,200}$/u, '3 to 200 characters, none of them a control character')
    .describe('Why: it is kept in the audit log, so no number of a person or a card may stand in it'),
});

const LONG_NUMBER = /\d([ -]?\d){8,}/;

function reasonOf({ reason }: z.infer<typeof reasonSchema>): string {
  if (LONG_NUMBER.test(reason)) throw new Problem('reason-holds-number');
  return reason;
}

const exportSchema = z
  .object({
    member: memberNumberSchema,
    exportedAt: z.iso.datetime(),
    kept: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).describe('By what it is, row by row'),
  })
  .describe('All that is kept of a member; cards by token and mask');

const erasureSchema = z
  .object({
    member: memberNumberSchema,
    erasedAt: z.iso.datetime(),
    sections: z.array(
      z.object({
        section: z.string(),
        rows: z.int(),
        done: z
          .enum(['deleted', 'cleared', 'kept'])
          .describe('The rows are gone; what of them tells of the person is gone; all of it stays'),
        why: z.string().optional().describe('Why what stays is kept'),
      }),
    ),
  })
  .describe('What became of all that was kept of a member');

/** What is known of a person in clear, as a whole, and how it is made to be forgotten. */
export function memberPrivacyRoutes(options: MembershipOptions): Route[] {
  const { database, clock } = options;

  async function reached(principal: Principal, member: string): Promise<void> {
    if (!(await isReachable(database.kysely, reachOf(principal), member))) throw new Problem('not-found');
  }

  return [
    route({
      method: 'post',
      path: '/v1/members/{member}/reveal',
      operationId: 'revealMember',
      summary: 'Identity number, mobile number and address of a member in clear; the reason is in the audit log',
      tag: 'members',
      access: 'people',
      scope: 'members:reveal',
      audit: 'read',
      params,
      body: { schema: reasonSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'What is known of the person', schema: membershipSchemas.privateData } },
      problems: ['not-found', 'reason-holds-number'],
      async handle({ params: { member }, body, principal }) {
        const reason = reasonOf(body);
        await reached(principal, member);
        const found = await readMember(options, member);
        if (!found) throw new Problem('not-found');
        const { identityType, identityNumber, mobile, address } = found;
        return {
          status: 200,
          body: { member, identityType, identityNumber, mobile, address },
          headers: { 'cache-control': 'no-store' },
          audited: { reason },
        };
      },
    }),
    route({
      method: 'get',
      path: '/v1/members/{member}/export',
      operationId: 'exportMember',
      summary: 'All that is kept of a member, for the member or an administrator',
      tag: 'members',
      access: 'people',
      scope: 'members:export',
      audit: 'change',
      params,
      responses: { 200: { description: 'One document, as it is read', schema: exportSchema } },
      problems: ['not-found'],
      async handle({ params: { member }, principal, response }) {
        await reached(principal, member);
        const cipher = personalDataCipherOf(options);
        return answerFile(response, { name: 'member.json', mediaType: 'application/json' }, (send) =>
          exportMember({ database, cipher, member, at: clock(), unfold: unfoldRow }, async (text) => {
            await send(text);
          }),
        );
      },
    }),
    route({
      method: 'post',
      path: '/v1/members/{member}/erasure',
      operationId: 'eraseMember',
      summary: 'Erase a member who has left: what tells of the person goes for good, the books stay',
      tag: 'members',
      access: 'administrator',
      scope: 'members:erase',
      params,
      body: { schema: reasonSchema, mediaType: 'application/json' },
      responses: {
        200: { description: 'What is gone, and what is kept and why; the same again', schema: erasureSchema },
      },
      problems: ['not-found', 'reason-holds-number', 'member-not-left', 'member-in-debt', 'card-order-open'],
      async handle({ params: { member }, body, principal }) {
        const reason = reasonOf(body);
        return erased(await eraseMember({ database, member, at: clock(), by: actorOf(principal), reason }));
      },
    }),
  ];
}

function erased(result: ErasureResult) {
  if (!('refusal' in result)) return { status: 200, body: result };
  throw new Problem(result.refusal === 'member-unknown' ? 'not-found' : result.refusal);
}
