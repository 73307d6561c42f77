import { z } from 'zod';
import {
  type CollectionOptions,
  csvTemplate,
  dropRow,
  type ListSource,
  type ListStepDone,
  type ListStepRefused,
  listLists,
  listStates,
  pathOfList,
  readList,
  readListEvents,
  readRows,
  takeListStep,
  uploadList,
  wrongRows,
  xlsxTemplate,
} from '../../collection/index.js';
import { mayReachUnit } from '../../people/index.js';
import { CSV, TableError, XLSX } from '../../sheets/index.js';
import { readUnit, unitIdSchema } from '../../units/index.js';
import {
  listEventSchema,
  listId,
  listParams,
  listSchema,
  listStepSchema,
  recordSchema,
  rowParams,
  rowSchema,
  uploadedSchema,
} from '../member-list-schemas.js';
import { pageOf } from '../page-of.js';
import { parseJson } from '../parse-json.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { mediaTypeOf } from '../read-stream.js';
import { readWhole } from '../read-whole.js';
import { type Answer, type Route, route } from '../route.js';
import { page } from '../schemas.js';

/** Some thirty thousand rows with all their formatting. */
const UPLOAD_BYTES_MAX = 16 * 1024 * 1024;

const WRONG_SHOWN = 100;

/** Lists of members on their way up the hierarchy of unions. */
export function memberListRoutes(options: CollectionOptions): Route[] {
  const { kysely } = options.database;
  const read = { tag: 'member-lists', access: 'people', scope: 'member-lists:read' } as const;
  const write = { ...read, scope: 'member-lists:write' } as const;
  const reachList = async (list: string, principal: Principal) => {
    const path = await pathOfList(kysely, list);
    if (path === undefined || !mayReachUnit(reachOf(principal), path)) throw new Problem('not-found');
  };
  const reachUnit = async (unit: string, principal: Principal) => {
    const found = await readUnit(kysely, unit);
    if (!found || !mayReachUnit(reachOf(principal), found.path)) throw new Problem('not-found');
    return found;
  };
  return [
    route({
      ...read,
      method: 'get',
      path: '/v1/member-lists/template',
      operationId: 'readMemberListTemplate',
      summary: 'A file to fill in: a workbook with columns of text, choices and explanations, or CSV',
      query: z.strictObject({ format: z.enum(['xlsx', 'csv']).default('csv') }),
      responses: {
        200: {
          description: 'The file',
          schema: z.string(),
          mediaType: CSV,
          others: { [XLSX]: z.string().describe('A workbook') },
        },
      },
      async handle({ query: { format } }) {
        const { collectionPolicy: policy, cards } = options;
        if (format === 'csv') return file('members.csv', CSV, csvTemplate());
        return file('members.xlsx', XLSX, await xlsxTemplate({ policy, banks: cards.options.cardPolicy.banks }));
      },
    }),
    route({
      ...write,
      method: 'post',
      path: '/v1/member-lists',
      operationId: 'uploadMemberList',
      summary: 'Hand in a unit’s list as a workbook, as CSV or as JSON: good rows go in, wrong ones come back',
      query: z.strictObject({ unit: unitIdSchema.describe('Whose list it is') }),
      body: {
        schema: z.array(recordSchema),
        mediaType: 'application/json',
        others: {
          [XLSX]: z.string().describe('A workbook: its first sheet, with headings in Chinese or English, in any order'),
          [CSV]: z.string().describe('UTF-8, UTF-16 or GB18030, with comma, semicolon or tab'),
        },
        isRaw: true,
      },
      responses: {
        201: { description: 'Kept as a draft', schema: uploadedSchema },
        200: { description: 'This file is known: nothing was changed', schema: uploadedSchema },
      },
      problems: ['not-found', 'member-list-unreadable'],
      async handle({ request, query, principal }) {
        const unit = await reachUnit(query.unit, principal);
        const mediaType = mediaTypeOf(request) ?? '';
        const source = sourceOf(mediaType, await readWhole(request, UPLOAD_BYTES_MAX), options);
        const { result, list } = await orUnreadable(uploadList(options, { unit, source, by: actorOf(principal) }));
        const wrong = await readRows(options, { list: list.list, state: 'wrong', limit: WRONG_SHOWN });
        const { good, wrong: bad, known } = list.rows;
        return { status: result === 'created' ? 201 : 200, body: { list, wrong }, log: { good, wrong: bad, known } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/member-lists',
      operationId: 'listMemberLists',
      summary: 'Lists in order of their names',
      query: page.extend({
        after: listId.optional().describe('`next` of the page before'),
        unit: unitIdSchema.optional().describe('Those of this unit and of units below it'),
        atUnit: unitIdSchema.optional().describe('Those that lie with this unit'),
        state: z.enum(listStates).optional(),
      }),
      responses: {
        200: {
          description: '`next` is there when there are more',
          schema: z.object({ lists: z.array(listSchema), next: z.string().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ query: { unit, limit, ...rest }, principal }) {
        const reach = reachOf(principal);
        const top = unit === undefined ? undefined : await reachUnit(unit, principal);
        const whole = reach.kind === 'all' ? undefined : reach.kind === 'unit' ? reach.path : '-';
        const found = await listLists(kysely, { ...rest, below: top?.path ?? whole, limit: limit + 1 });
        const { items, next } = pageOf(found, limit, ({ list }) => list);
        return { status: 200, body: { lists: items, next } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/member-lists/{memberList}',
      operationId: 'readMemberList',
      summary: 'A list, and how it came to where it lies',
      params: listParams,
      responses: {
        200: { description: 'The list', schema: listSchema.extend({ events: z.array(listEventSchema) }) },
      },
      problems: ['not-found'],
      async handle({ params: { memberList: list }, principal }) {
        await reachList(list, principal);
        return { status: 200, body: { ...(await readList(kysely, list)), events: await readListEvents(kysely, list) } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/member-lists/{memberList}/rows',
      operationId: 'listMemberListRows',
      summary: 'Rows of a list in the order of its file: good ones masked, of wrong ones what is wrong',
      audit: 'read',
      params: listParams,
      query: page.extend({
        after: z.coerce.number().int().min(0).max(2_000_000).optional().describe('`next` of the page before'),
        state: rowSchema.shape.state.optional(),
      }),
      responses: {
        200: {
          description: '`next` is there when there are more',
          schema: z.object({ rows: z.array(rowSchema), next: z.int().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ params: { memberList: list }, query: { limit, ...rest }, principal }) {
        await reachList(list, principal);
        const found = await readRows(options, { ...rest, list, limit: limit + 1 });
        const { items, next } = pageOf(found, limit, ({ row }) => row);
        return { status: 200, body: { rows: items, next } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/member-lists/{memberList}/wrong-rows',
      operationId: 'readWrongRows',
      summary:
        'The rows that are wrong as they came, with the reason in a last column: to be corrected and handed in again',
      audit: 'read',
      params: listParams,
      responses: {
        200: {
          description: 'A file of the kind that was handed in',
          schema: z.string(),
          mediaType: CSV,
          others: { [XLSX]: z.string().describe('A workbook') },
        },
      },
      problems: ['not-found'],
      async handle({ params: { memberList: list }, principal }) {
        await reachList(list, principal);
        const rows = (await wrongRows(options, list))!;
        return rows.format === 'csv'
          ? file('wrong-rows.csv', CSV, rows.text)
          : file('wrong-rows.xlsx', XLSX, rows.bytes);
      },
    }),
    route({
      ...write,
      method: 'delete',
      path: '/v1/member-lists/{memberList}/rows/{row}',
      operationId: 'dropMemberListRow',
      summary: 'Take a row out of a draft, or out of a list that came back',
      params: rowParams,
      responses: { 200: { description: 'The list without it', schema: listSchema } },
      problems: ['not-found', 'member-list-step-refused'],
      async handle({ params: { memberList: list, row }, principal }) {
        await reachList(list, principal);
        return answerStep(await dropRow(options, { list, row, by: actorOf(principal) }));
      },
    }),
    route({
      ...write,
      method: 'post',
      path: '/v1/member-lists/{memberList}/steps',
      operationId: 'takeMemberListStep',
      summary: 'Submit, accept, return or discard a list',
      params: listParams,
      body: { schema: listStepSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'The list after the step', schema: listSchema } },
      problems: ['not-found', 'scope-missing', 'member-list-step-refused'],
      async handle({ params: { memberList: list }, body: { step, reason }, principal }) {
        await reachList(list, principal);
        const decides = step === 'accept' || step === 'return';
        if (decides && !principal.scopes.has('member-lists:decide')) {
          throw new Problem('scope-missing', { extensions: { scope: 'member-lists:decide' } });
        }
        const request = { list, step, reason, by: actorOf(principal), reach: reachOf(principal) };
        return answerStep(await takeListStep(options, request));
      },
    }),
  ];
}

const file = (name: string, mediaType: string, body: string | Uint8Array): Answer => ({
  status: 200,
  body,
  mediaType,
  headers: { 'content-disposition': `attachment; filename="${name}"` },
});

function answerStep(done: ListStepDone | ListStepRefused | undefined): Answer {
  if (!done) throw new Problem('not-found');
  if (done.result === 'done') return { status: 200, body: done.list };
  throw new Problem('member-list-step-refused', { code: done.code, detail: done.detail });
}

function sourceOf(mediaType: string, bytes: Uint8Array, { collectionPolicy }: CollectionOptions): ListSource {
  if (mediaType === XLSX) return { format: 'xlsx', bytes };
  if (mediaType === CSV) return { format: 'csv', bytes };
  if (mediaType !== 'application/json') {
    throw new Problem('media-type-unsupported', { detail: `${XLSX}, ${CSV} or application/json` });
  }
  const parsed = z.array(recordSchema).min(1).max(collectionPolicy.rowsMax).safeParse(parseJson(bytes));
  if (parsed.success) return { format: 'json', rows: parsed.data };
  throw new Problem('request-invalid', {
    detail: `an array of 1 to ${collectionPolicy.rowsMax} rows, of texts by the names of fields`,
  });
}

async function orUnreadable<Result>(upload: Promise<Result>): Promise<Result> {
  try {
    return await upload;
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const { code, line, message } = error;
    throw new Problem('member-list-unreadable', {
      code,
      detail: line === undefined ? message : `line ${line}: ${message}`,
    });
  }
}
