import { z } from 'zod';
import { shanghaiMonth } from '../../../calendar/shanghai.js';
import {
  type CertificationOptions,
  type DueMember,
  listDue,
  readProgress,
  sendReminders,
  yearToCertify,
} from '../../certification/index.js';
import { certificationSchema } from '../../membership/index.js';
import { csvText } from '../../settlement/index.js';
import { pageOf } from '../page-of.js';
import { reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { page } from '../schemas.js';

const count = z.int().min(0);
const standing = { members: count, certified: count, due: count, lapsed: count };
const year = z.coerce.number().pipe(certificationSchema.shape.year).optional().describe('This year if not told');

const unitSchema = z
  .object({
    unit: z.string(),
    name: z.string(),
    level: z.string(),
    parent: z.string().optional(),
    path: z.string(),
    ...standing,
  })
  .describe('A unit, with all that is below it');

const dueSchema = z
  .object({
    member: z.string(),
    name: z.string(),
    unit: z.string().optional(),
    unitId: z.string().optional(),
    state: z
      .enum(['due', 'lapsed'])
      .describe('`due`: the benefits are kept for now; `lapsed`: they are lost until then'),
    mobile: z.string().optional().describe('Masked unless `reveal` is asked for'),
  })
  .describe('A member who is not certified');

const CURSOR = /^member\.[^\p{Cc}\p{Cs}]{1,64}$/u;
const PREFIX = 'member.';
const cursor = z.string().regex(CURSOR, 'not a value that a page gave as next');
const PERIOD_MAX = 20;
const COLUMNS = ['member', 'name', 'unit', 'unitId', 'state', 'mobile'] as const;

/** How far the certification is by unit, who is due, and reminders. */
export function certificationProgressRoutes(options: CertificationOptions): Route[] {
  const common = { tag: 'certification', access: 'people' } as const;
  const yearOr = (asked: number | undefined): number => asked ?? yearToCertify(options.policy, options.clock());
  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/certifications/progress',
      operationId: 'readCertificationProgress',
      summary: 'How many members are certified, due and lapsed, by unit and upward',
      scope: 'certifications:read',
      query: page.extend({
        year,
        level: z.string().max(40).optional(),
        unit: z.string().max(100).optional().describe('This unit and those below'),
        fresh: z.enum(['true', 'false']).default('false').describe('Count everything now, however long it takes'),
      }),
      responses: {
        200: {
          description: 'Units in order of their paths; `next` is there when there are more',
          schema: z.object({
            year: z.int(),
            countedAt: z.string().describe('When the counts were made: of everything at most 20 minutes ago'),
            total: z.object(standing).describe('Of all members in reach, those of no unit too'),
            units: z.array(unitSchema),
            next: z.string().optional(),
          }),
        },
      },
      async handle({ query: { limit, after = '', year: asked, level, unit, fresh }, principal }) {
        const chosen = yearOr(asked);
        const query = { year: chosen, level, below: unit, reach: reachOf(principal), isFresh: fresh === 'true' };
        const { countedAt, total, units } = await readProgress(options, query);
        const behind = units.filter(({ path }) => path > after);
        const { items, next } = pageOf(behind, limit, ({ path }) => path);
        const counted = countedAt.toISOString();
        return { status: 200, body: { year: chosen, countedAt: counted, total, units: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/certifications/due',
      operationId: 'listDueMembers',
      summary: 'Members who are not certified for a year, as JSON or CSV',
      scope: 'certifications:read',
      audit: 'read',
      query: page.extend({
        after: cursor.optional(),
        year,
        state: z.enum(['due', 'lapsed']).optional(),
        format: z.enum(['json', 'csv']).default('json'),
        reveal: z
          .enum(['true', 'false'])
          .default('false')
          .describe('Mobile numbers in full: needs certifications:write'),
      }),
      responses: {
        200: {
          description: 'In order of their numbers; `next`, in CSV the header `X-Next`, is there when there are more',
          schema: z.object({ year: z.int(), members: z.array(dueSchema), next: z.string().optional() }),
          others: { 'text/csv': z.string() },
          headers: ['X-Next'],
        },
      },
      async handle({ query: { limit, after, year: asked, state, format, reveal }, principal }) {
        if (reveal === 'true' && !principal.scopes.has('certifications:write')) {
          throw new Problem('scope-missing', { extensions: { scope: 'certifications:write' } });
        }
        const chosen = yearOr(asked);
        const found = await listDue(options, {
          year: chosen,
          reach: reachOf(principal),
          state,
          isRevealed: reveal === 'true',
          limit: limit + 1,
          after: after?.slice(PREFIX.length),
        });
        const { items: members, next } = pageOf(found, limit, ({ member }) => `${PREFIX}${member}`);
        if (format === 'json') return { status: 200, body: { year: chosen, members, next } };
        const headers = next === undefined ? {} : { 'x-next': encodeURIComponent(next) };
        return { status: 200, body: toCsv(members), mediaType: 'text/csv', headers };
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/certifications/reminders',
      operationId: 'sendCertificationReminders',
      summary: 'Send each member who is not certified a message, once in a period',
      scope: 'certifications:write',
      body: {
        schema: z.strictObject({
          year: certificationSchema.shape.year.optional(),
          period: z
            .string()
            .regex(/^[\w-]+$/, 'letters, digits and hyphens')
            .max(PERIOD_MAX)
            .optional()
            .describe('Each member is reminded once in it; this month, as in 2016-03, if not told'),
          state: z.enum(['due', 'lapsed']).optional(),
          limit: z.int().min(1).max(10_000).default(1000).describe('At most so many members'),
          after: cursor.optional().describe('`next` of the answer before'),
        }),
        mediaType: 'application/json',
      },
      responses: {
        202: {
          description: 'On their way; `next` where there are more who are to be reminded',
          schema: z.object({
            year: z.int(),
            period: z.string(),
            sent: count,
            withoutMobile: count.describe('Of whom no mobile number is known'),
            next: z.string().optional(),
          }),
        },
      },
      async handle({
        body: { year: asked, period = shanghaiMonth(options.clock().getTime()), state, limit, after },
        principal,
      }) {
        const chosen = yearOr(asked);
        const query = {
          year: chosen,
          period,
          state,
          limit,
          reach: reachOf(principal),
          after: after?.slice(PREFIX.length),
        };
        const { sent, withoutMobile, next } = await sendReminders(options, query);
        const more = next === undefined ? {} : { next: `${PREFIX}${next}` };
        return {
          status: 202,
          body: { year: chosen, period, sent, withoutMobile, ...more },
          log: { sent, withoutMobile },
        };
      },
    }),
  ];
}

/** With a byte order mark, so that a spreadsheet reads it as UTF-8. */
const toCsv = (members: readonly DueMember[]): string =>
  `\uFEFF${[COLUMNS.join(','), ...members.map((member) => COLUMNS.map((column) => csvText(member[column] ?? '')).join(','))].join('\r\n')}\r\n`;
