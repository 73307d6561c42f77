import { z } from 'zod';
import {
  type ImportSource,
  importMembers,
  listMembers,
  type MembershipOptions,
  maskMember,
  memberNumberSchema,
  memberRecordSchema,
  membershipSchema,
  readImports,
  readMember,
  recordMember,
  recordMembership,
} from '../../membership/index.js';
import { isReachable } from '../../people/index.js';
import { orMembersInvalid } from '../membership-problem.js';
import { membershipSchemas, recordedSchema, recordResponses, wasRecorded } from '../membership-schemas.js';
import { pageOf } from '../page-of.js';
import { actorOf, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { mediaTypeOf, readUpload } from '../read-stream.js';
import { type Route, route } from '../route.js';
import { page } from '../schemas.js';
import { cardRoutes } from './cards.js';
import { certificationRoutes } from './certifications.js';
import { memberPrivacyRoutes } from './member-privacy.js';
import { type StatusOptions, statusRoutes } from './status.js';

const FORMATS: Readonly<Record<string, ImportSource['format']>> = { 'application/json': 'json', 'text/csv': 'csv' };

const CURSOR_PREFIX = 'member.';

/** Says what it is, for any text could be a member's number. */
const cursor = z
  .string()
  .regex(/^member\.[^\p{Cc}\p{Cs}]{1,64}$/u, 'not a value that a page gave as next')
  .transform((text) => text.slice(CURSOR_PREFIX.length))
  .describe('`next` of the page before');

const memberImportSchema = z.object({
  file: z.string().describe('What names the file: a keyed hash of its bytes'),
  state: z.enum(['recording', 'done']).describe('`recording`: under way, or stopped halfway'),
  records: z.int(),
  recorded: z.int(),
  begunAt: z.iso.datetime(),
  advancedAt: z.iso.datetime().describe('When the last lot was recorded'),
});

/** Members with their certifications and cards: read as far as one reaches, recorded by an administrator. */
export function memberRoutes(options: MembershipOptions & StatusOptions): Route[] {
  const { kysely } = options.database;
  return [
    route({
      method: 'get',
      path: '/v1/members',
      operationId: 'listMembers',
      summary: 'Members, their certifications and cards; identity numbers, mobile numbers and addresses masked',
      tag: 'members',
      access: 'people',
      scope: 'members:read',
      audit: 'read',
      query: page.extend({ after: cursor.optional() }),
      responses: {
        200: {
          description: 'In order of their numbers; `next` is there when there are more',
          schema: z.object({ members: z.array(membershipSchemas.memberDetails), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, after }, principal }) {
        const found = await listMembers(options, { limit: limit + 1, after, reach: reachOf(principal) });
        const { items, next } = pageOf(found, limit, ({ member }) => `${CURSOR_PREFIX}${member}`);
        return { status: 200, body: { members: items, next } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/members',
      operationId: 'recordMember',
      summary: 'Record one member, or what has changed; what is left out stays as it is',
      tag: 'members',
      access: 'administrator',
      scope: 'members:write',
      body: { schema: memberRecordSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['members-invalid'],
      handle: async ({ body, principal }) =>
        wasRecorded(await orMembersInvalid('record', recordMember({ ...options, by: actorOf(principal) }, body)), {
          member: body.member,
        }),
    }),
    route({
      method: 'post',
      path: '/v1/members/import',
      operationId: 'importMembers',
      summary: 'Load a file of members, wholly or not at all: a JSON array of member records, or CSV in UTF-8',
      tag: 'members',
      access: 'administrator',
      scope: 'members:write',
      body: {
        schema: z.array(memberRecordSchema),
        mediaType: 'application/json',
        others: { 'text/csv': membershipSchemas.csv },
        isRaw: true,
      },
      responses: {
        200: {
          description: 'How many records the file has, and how many of each were new or have changed',
          schema: recordedSchema.extend({ records: z.int() }),
        },
      },
      problems: ['members-invalid'],
      async handle({ request, principal }) {
        const format = FORMATS[mediaTypeOf(request) ?? ''];
        if (!format) throw new Problem('media-type-unsupported', { detail: Object.keys(FORMATS).join(' or ') });
        const source = { format, content: readUpload(request) };
        const report = await orMembersInvalid('file', importMembers({ ...options, by: actorOf(principal), source }));
        return { status: 200, body: report, log: { ...report } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/member-imports',
      operationId: 'listMemberImports',
      summary: 'Long files of members that were recorded in lots, the latest first, and how far each is',
      tag: 'members',
      access: 'administrator',
      scope: 'members:read',
      responses: {
        200: {
          description: 'At most a hundred. One that was stopped goes on when the same file comes again',
          schema: z.object({ imports: z.array(memberImportSchema) }),
        },
      },
      handle: async () => ({ status: 200, body: { imports: await readImports(kysely) } }),
    }),
    route({
      method: 'get',
      path: '/v1/members/{member}',
      operationId: 'readMember',
      summary: 'What is known of a member; identity number, mobile number and address masked',
      tag: 'members',
      access: 'people',
      scope: 'members:read',
      audit: 'read',
      params: z.strictObject({ member: memberNumberSchema }),
      responses: { 200: { description: 'The member', schema: membershipSchemas.memberDetails } },
      problems: ['not-found'],
      async handle({ params, principal }) {
        const isThere = await isReachable(kysely, reachOf(principal), params.member);
        const member = isThere ? await readMember(options, params.member) : undefined;
        if (!member) throw new Problem('not-found');
        return { status: 200, body: maskMember(member) };
      },
    }),
    route({
      method: 'post',
      path: '/v1/members/{member}/memberships',
      operationId: 'recordMembership',
      summary: 'Record that a member joined or left, from an instant on',
      tag: 'members',
      access: 'administrator',
      scope: 'members:write',
      params: z.strictObject({ member: memberNumberSchema }),
      body: { schema: membershipSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['members-invalid'],
      handle: async ({ params: { member }, body, principal }) =>
        wasRecorded(
          await orMembersInvalid(
            'record',
            recordMembership({ ...options, by: actorOf(principal) }, { ...body, member }),
          ),
        ),
    }),
    ...memberPrivacyRoutes(options),
    ...certificationRoutes(options),
    ...statusRoutes(options),
    ...cardRoutes(options),
  ];
}
