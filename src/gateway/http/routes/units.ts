import { z } from 'zod';
import { mayReachUnit } from '../../people/index.js';
import { CSV, sheetFormats, XLSX } from '../../sheets/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import {
  listUnits,
  mayChangeUnits,
  moveUnit,
  newUnitSchema,
  type RecordedUnits,
  readUnit,
  readUnitEvents,
  readUnitsFile,
  recordUnits,
  type UnitsSource,
  unitColumns,
  unitIdSchema,
  unitLevels,
} from '../../units/index.js';
import { pageOf } from '../page-of.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { mediaTypeOf } from '../read-stream.js';
import { readWhole } from '../read-whole.js';
import { type Answer, type Route, route } from '../route.js';
import { page } from '../schemas.js';
import { orUnitsInvalid } from '../units-problem.js';

/** Some fifty thousand units: more than a province has. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

const FORMATS: Readonly<Record<string, UnitsSource['format']>> = { 'application/json': 'json', ...sheetFormats };

const unitSchema = newUnitSchema
  .extend({ path: z.string().describe('The ids from the top down to it, with / around each') })
  .describe('A unit, and where it stands');

const eventSchema = z.object({
  event: z.enum(['recorded', 'renamed', 'moved']),
  name: z.string().describe('As it was called from then on'),
  parent: z.string().optional(),
  by: z.string(),
  reason: z.string().optional(),
  recordedAt: z.string(),
});

const recordedSchema = z
  .object({ recorded: z.int(), renamed: z.int(), moved: z.int() })
  .describe('How many units are new, or have another name or place');

const reason = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, '1 to 200 characters, none of them a control character')
  .describe('Why');

const pathSchema = z
  .string()
  .regex(/^(\/[A-Za-z0-9-]+)+\/$/, 'not a value that a page gave as next')
  .max(600)
  .describe('`next` of the page before');

const params = z.strictObject({ unit: unitIdSchema });

/** No path is like that. */
const NOWHERE = '-';

export interface UnitServices {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

/** The hierarchy of unions: city, district or trade, grass roots. */
export function unitRoutes({ database, clock }: UnitServices): Route[] {
  const { kysely } = database;
  const readInReach = async (unit: string, principal: Principal) => {
    const found = await readUnit(kysely, unit);
    if (!found || !mayReachUnit(reachOf(principal), found.path)) throw new Problem('not-found');
    return found;
  };
  const holdToReach = async (units: Parameters<typeof mayChangeUnits>[2], principal: Principal) => {
    if (!(await mayChangeUnits(kysely, reachOf(principal), units))) throw new Problem('not-found');
  };
  const read = { tag: 'units', access: 'people', scope: 'units:read' } as const;
  const write = { ...read, scope: 'units:write' } as const;
  return [
    route({
      ...write,
      method: 'post',
      path: '/v1/units',
      operationId: 'recordUnit',
      summary: 'Record a unit, or its new name or place; all that is below moves with it',
      body: { schema: newUnitSchema, mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['not-found', 'units-invalid'],
      async handle({ body, principal }) {
        await holdToReach([body], principal);
        const why = { by: actorOf(principal), at: clock() };
        const recorded = await orUnitsInvalid('unit', recordUnits(database, [{ ...body, index: 0 }], why));
        return { ...wasRecorded(recorded), audited: { unit: body.unit } };
      },
    }),
    route({
      ...write,
      method: 'post',
      path: '/v1/units/import',
      operationId: 'importUnits',
      summary: 'Record a hierarchy, wholly or not at all: a JSON array of units, a workbook or CSV, in any order',
      body: {
        schema: z.array(newUnitSchema),
        mediaType: 'application/json',
        others: {
          [XLSX]: z.string().describe('A workbook: its first sheet, with the same columns'),
          [CSV]: z.string().describe(`The first line names the columns: ${unitColumns.join(', ')}`),
        },
        isRaw: true,
      },
      responses: recordResponses,
      problems: ['not-found', 'units-invalid'],
      async handle({ request, principal }) {
        const format = FORMATS[mediaTypeOf(request) ?? ''];
        if (!format) throw new Problem('media-type-unsupported', { detail: Object.keys(FORMATS).join(' or ') });
        const bytes = await readWhole(request, FILE_BYTES_MAX);
        const record = async () => {
          const units = await readUnitsFile({ format, bytes });
          await holdToReach(units, principal);
          return recordUnits(database, units, { by: actorOf(principal), at: clock() });
        };
        const recorded = await orUnitsInvalid('file', record());
        return { ...wasRecorded(recorded), log: { ...recorded } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/units',
      operationId: 'listUnits',
      summary: 'Units in order of their paths: each one before what is below it',
      query: page.extend({
        after: pathSchema.optional(),
        below: unitIdSchema.optional().describe('This unit and all below it'),
        parent: unitIdSchema.optional().describe('Those right below this unit'),
        level: z.enum(unitLevels).optional(),
      }),
      responses: {
        200: {
          description: '`next` is there when there are more',
          schema: z.object({ units: z.array(unitSchema), next: z.string().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ query: { limit, below, ...rest }, principal }) {
        const reach = reachOf(principal);
        const top = below === undefined ? undefined : await readInReach(below, principal);
        const whole = reach.kind === 'unit' ? reach.path : reach.kind === 'all' ? undefined : NOWHERE;
        const found = await listUnits(kysely, { ...rest, below: top?.path ?? whole, limit: limit + 1 });
        const { items, next } = pageOf(found, limit, ({ path }) => path);
        return { status: 200, body: { units: items, next } };
      },
    }),
    route({
      ...read,
      method: 'get',
      path: '/v1/units/{unit}',
      operationId: 'readUnit',
      summary: 'A unit, and how it came to be what it is',
      params,
      responses: { 200: { description: 'The unit', schema: unitSchema.extend({ events: z.array(eventSchema) }) } },
      problems: ['not-found'],
      async handle({ params: { unit }, principal }) {
        const found = await readInReach(unit, principal);
        return { status: 200, body: { ...found, events: await readUnitEvents(kysely, unit) } };
      },
    }),
    route({
      ...write,
      method: 'post',
      path: '/v1/units/{unit}/moves',
      operationId: 'moveUnit',
      summary: 'Move a unit, with all that is below, below another one',
      params,
      body: { schema: z.strictObject({ parent: unitIdSchema, reason }), mediaType: 'application/json' },
      responses: recordResponses,
      problems: ['not-found', 'units-invalid'],
      async handle({ params: { unit }, body: { parent, reason: why }, principal }) {
        await holdToReach([{ unit, parent }], principal);
        const reasonOf = { by: actorOf(principal), at: clock(), reason: why };
        const recorded = await orUnitsInvalid('unit', moveUnit(database, unit, parent, reasonOf));
        if (!recorded) throw new Problem('not-found');
        return wasRecorded(recorded);
      },
    }),
  ];
}

const recordResponses = {
  201: { description: 'Recorded: how many are new or have changed', schema: recordedSchema },
  200: { description: 'All of it was known', schema: recordedSchema },
};

function wasRecorded(recorded: RecordedUnits): Answer {
  const isNew = Object.values(recorded).some((count) => count > 0);
  return { status: isNew ? 201 : 200, body: recorded };
}
