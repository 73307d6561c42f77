import { z } from 'zod';
import { listKinds } from '../../../lists/index.js';
import {
  keepReport,
  readTerminals,
  type TerminalQuery,
  type TerminalView,
  terminalReportSchema,
} from '../../lists/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { maySpeakFor } from '../may-speak-for.js';
import { operatorFor } from '../operator-for.js';
import type { Principal } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { name, page } from '../schemas.js';
import { terminalsAsCsv } from '../terminals-as-csv.js';

const terminalList = z.object({
  version: z.int().describe('0: none, or it never said'),
  newest: z.int(),
  behindSince: z.string().optional().describe('When the first version came out that it lacks'),
});

const terminalSchema = z.object({
  operator: z.string(),
  terminal: z.string(),
  lastSeenAt: z.string().optional().describe('When its latest tap came'),
  lastSequence: z.int().optional().describe('Up to this one its taps are there, or stand in a gap'),
  clockState: z.enum(['right', 'ahead', 'behind']).optional().describe('By its taps'),
  reportedAt: z.string().optional(),
  clockAheadSeconds: z.int().optional().describe('The terminal’s clock against the gateway’s when it reported'),
  software: z.string().optional(),
  batteryPercent: z.int().optional(),
  behind: z.boolean().describe('Whether it lacks the newest version of any list'),
  lists: z.partialRecord(z.enum(listKinds), terminalList),
});

const filter = z.strictObject({
  operator: name.optional(),
  behind: z.enum(['true', 'false']).optional().describe('true: only those that lack a version'),
});

/** Which terminal ended a page, as one word. */
const cursor = z.codec(z.string().max(400), z.object({ operator: name, terminal: name }), {
  decode: (text, context) => {
    try {
      const [operator, terminal] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      return { operator, terminal };
    } catch {
      context.issues.push({ code: 'custom', input: text, message: 'not a value that a page gave as next' });
      return z.NEVER;
    }
  },
  encode: ({ operator, terminal }) => Buffer.from(JSON.stringify([operator, terminal])).toString('base64url'),
});

function queryFor(principal: Principal, { operator, behind }: z.infer<typeof filter>): Omit<TerminalQuery, 'limit'> {
  return { operator: operatorFor(principal, operator), behind: behind === 'true' };
}

const CSV_ROWS_TOGETHER = 500;

/** What terminals say of themselves, and who lacks what. */
export function terminalRoutes(database: GatewayDatabase, clock: () => Date): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/terminals/{operator}/{terminal}/reports',
      operationId: 'reportTerminal',
      summary: 'A terminal says which lists it has applied, and how it is',
      tag: 'terminals',
      access: 'operator',
      scope: 'terminals:write',
      params: z.strictObject({ operator: name, terminal: name }),
      body: { schema: terminalReportSchema, mediaType: 'application/json' },
      responses: { 204: { description: 'Kept' } },
      problems: ['operator-mismatch'],
      async handle({ params, body, principal }) {
        if (!maySpeakFor(principal, params.operator)) throw new Problem('operator-mismatch');
        await keepReport(database, params, body, clock());
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/v1/terminals',
      operationId: 'listTerminals',
      summary: 'Terminals, what they have applied, and who is behind',
      tag: 'terminals',
      access: 'operator',
      scope: 'terminals:read',
      query: page.omit({ after: true }).extend({
        ...filter.shape,
        after: z.string().max(400).optional().describe('`next` of the page before'),
      }),
      responses: {
        200: {
          description: 'In order of operator and name; `next` is there when there are more',
          schema: z.object({ terminals: z.array(terminalSchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { limit, after, ...rest }, principal }) {
        const found = await readTerminals(database, { ...queryFor(principal, rest), limit, after: placeOf(after) });
        const next = found.next && cursor.encode(found.next);
        return { status: 200, body: { terminals: found.terminals, ...(next !== undefined && { next }) } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/terminals.csv',
      operationId: 'exportTerminals',
      summary: 'The same of all terminals at once, as CSV',
      tag: 'terminals',
      access: 'operator',
      scope: 'terminals:read',
      query: filter,
      responses: { 200: { description: 'UTF-8, with a line of headings', schema: z.string(), mediaType: 'text/csv' } },
      problems: ['operator-mismatch'],
      async handle({ query, principal }) {
        const wanted = queryFor(principal, query);
        const terminals: TerminalView[] = [];
        let after: TerminalQuery['after'];
        do {
          const found = await readTerminals(database, { ...wanted, limit: CSV_ROWS_TOGETHER, after });
          terminals.push(...found.terminals);
          after = found.next;
        } while (after !== undefined);
        return { status: 200, body: terminalsAsCsv(terminals), mediaType: 'text/csv' };
      },
    }),
  ];
}

function placeOf(after: string | undefined) {
  if (after === undefined) return undefined;
  const parsed = cursor.safeDecode(after);
  if (parsed.success) return parsed.data;
  const wrong = { pointer: '/query/after', code: 'wrong-format', message: 'not a value that a page gave as next' };
  throw new Problem('request-invalid', { errors: [wrong] });
}
