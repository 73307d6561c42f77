import { z } from 'zod';
import type { Intake } from '../../intake/index.js';
import {
  changeState,
  fileWriters,
  readSettlement,
  readSettlements,
  resubmit,
  type SettlementView,
  settleDay,
  writeSettlementFile,
} from '../../settlement/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { answerFile } from '../answer-file.js';
import { maySpeakFor } from '../may-speak-for.js';
import { operatorFor } from '../operator-for.js';
import { pageOf } from '../page-of.js';
import { operatorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { name, page, serviceDay } from '../schemas.js';
import { orRefused } from '../settlement-problem.js';
import {
  partyKind,
  reason,
  settledDaySchema,
  settlementFileSchema,
  settlementSchema,
  settlementState,
} from '../settlement-schemas.js';

export interface SettlementServices {
  readonly database: GatewayDatabase;
  readonly intake: Intake;
  readonly clock: () => Date;
  readonly dayOf: (instant: string) => string;
}

const params = z.strictObject({ settlement: z.string().regex(/^stl_[0-9a-f]{32}$/, 'stl_ and 32 hex digits') });

/** Where a page ended; it says what it is. */
const cursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d\.stl_[0-9a-f]{32}$/, 'not a value that a page gave as next')
  .transform((text) => ({ serviceDay: text.slice(0, 10), id: text.slice(11) }))
  .describe('`next` of the page before');

/** A settlement with an operator is that operator's too; what is settled with sponsors is an administrator's. */
const isFor = (principal: Principal, { partyKind: kind, party }: SettlementView): boolean =>
  reachOf(principal).kind === 'all' || (kind === 'operator' && maySpeakFor(principal, party));

/** An operator sees its own, whether it says so or not. Throws Problem `operator-mismatch` for another party's. */
function ownParty(principal: Principal, partyKind: SettlementView['partyKind'] | undefined, party: string | undefined) {
  if (operatorOf(principal) === undefined) return undefined;
  if (partyKind === 'sponsor') throw new Problem('operator-mismatch');
  return { partyKind: 'operator' as const, party: operatorFor(principal, party) };
}

export function settlementRoutes({ database, intake, clock, dayOf }: SettlementServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'settlements', access: 'operator' } as const;

  async function found(principal: Principal, id: string): Promise<SettlementView> {
    const settlement = await readSettlement(kysely, id);
    if (!settlement || !isFor(principal, settlement)) throw new Problem('not-found');
    return settlement;
  }

  const change =
    (state: 'sent' | 'acknowledged' | 'rejected') => async (principal: Principal, id: string, why?: string) => {
      await found(principal, id);
      const by = principal.keyId;
      const changed = await changeState({ database, clock, id, state, by, ...(why !== undefined && { reason: why }) });
      return { status: 200, body: orRefused(changed), log: { settlement: id, state } };
    };
  const acknowledge = change('acknowledged');
  const reject = change('rejected');
  const send = change('sent');

  return [
    route({
      method: 'post',
      path: '/v1/settlements',
      operationId: 'settleServiceDay',
      summary: 'Settle a closed service day: one settlement for each operator and each sponsor, once',
      tag: 'settlements',
      access: 'administrator',
      scope: 'settlements:write',
      body: {
        schema: z.strictObject({
          serviceDay,
          close: z.boolean().optional().describe('Close the day before, if it is over and open'),
        }),
        mediaType: 'application/json',
      },
      responses: {
        201: { description: 'Settled', schema: settledDaySchema },
        200: { description: 'It was settled before: what was made then', schema: settledDaySchema },
      },
      problems: ['service-day-open', 'service-day-not-over'],
      async handle({ body, principal }) {
        if (body.close) {
          const today = dayOf(clock().toISOString());
          if (body.serviceDay >= today) {
            throw new Problem('service-day-not-over', { detail: `The service day is ${today}.` });
          }
          await intake.closeServiceDay(body.serviceDay);
        }
        const request = { database, clock, serviceDay: body.serviceDay, by: principal.keyId };
        const settled = orRefused(await settleDay(request));
        const audited = { serviceDay: body.serviceDay, result: settled.result, ...(body.close && { close: 'asked' }) };
        return { status: settled.result === 'created' ? 201 : 200, body: settled, audited };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/settlements',
      operationId: 'listSettlements',
      summary: 'Settlements by day, party and state',
      scope: 'settlements:read',
      query: page.extend({
        after: cursor.optional(),
        serviceDay: serviceDay.optional(),
        partyKind: partyKind.optional(),
        party: name.optional(),
        state: settlementState.optional(),
      }),
      responses: {
        200: {
          description: 'In order of day and id; `next` is there when there are more',
          schema: z.object({ settlements: z.array(settlementSchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { limit, ...query }, principal }) {
        const own = ownParty(principal, query.partyKind, query.party);
        const read = await readSettlements(kysely, { ...query, ...own, limit: limit + 1 });
        const { items, next } = pageOf(read, limit, ({ serviceDay: day, id }) => `${day}.${id}`);
        return { status: 200, body: { settlements: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/settlements/{settlement}',
      operationId: 'readSettlement',
      summary: 'One settlement, with all that became of it',
      scope: 'settlements:read',
      params,
      responses: { 200: { description: 'The settlement', schema: settlementSchema } },
      problems: ['not-found'],
      handle: async ({ params: { settlement }, principal }) => ({
        status: 200,
        body: await found(principal, settlement),
      }),
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/settlements/{settlement}/file',
      operationId: 'readSettlementFile',
      summary: 'Every line of a settlement, always the same bytes; the hash is in the header `repr-digest` as well',
      scope: 'settlements:read',
      params,
      query: z.strictObject({ format: z.enum(['csv', 'json']).default('json') }),
      responses: {
        200: {
          description: 'The file',
          headers: ['Repr-Digest', 'Digest'],
          schema: settlementFileSchema,
          others: { 'text/csv': z.string().describe('The same as CSV, UTF-8') },
        },
      },
      problems: ['not-found'],
      async handle({ params: { settlement: id }, query: { format }, principal, response }) {
        const settlement = await found(principal, id);
        const { sha256, previousSha256 } = settlement.files[format];
        const { mediaType } = fileWriters[format];
        const file = { name: `${settlement.serviceDay}-${id}.${format}`, mediaType, sha256 };
        const head = { ...settlement, resubmits: settlement.resubmits };
        return answerFile(response, file, (send) =>
          database.aside(async (aside) => {
            for await (const text of writeSettlementFile(aside, head, format, previousSha256)) {
              if (!(await send(text))) return;
            }
          }),
        );
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/settlements/{settlement}/sending',
      operationId: 'markSettlementSent',
      summary: 'Write down that the files of a settlement have been sent',
      access: 'administrator',
      scope: 'settlements:write',
      params,
      responses: { 200: { description: 'Written down', schema: settlementSchema } },
      problems: ['not-found', 'settlement-state-wrong'],
      handle: ({ params: { settlement }, principal }) => send(principal, settlement),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/settlements/{settlement}/acknowledgement',
      operationId: 'acknowledgeSettlement',
      summary: 'The party agrees with a settlement',
      scope: 'settlements:write',
      params,
      responses: { 200: { description: 'Acknowledged; again changes nothing', schema: settlementSchema } },
      problems: ['not-found', 'settlement-state-wrong'],
      handle: ({ params: { settlement }, principal }) => acknowledge(principal, settlement),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/settlements/{settlement}/rejection',
      operationId: 'rejectSettlement',
      summary: 'The party does not agree, and says why; the day stays as it is and later days correct it',
      scope: 'settlements:write',
      params,
      body: { schema: z.strictObject({ reason }), mediaType: 'application/json' },
      responses: { 200: { description: 'Rejected; again changes nothing', schema: settlementSchema } },
      problems: ['not-found', 'settlement-state-wrong'],
      handle: ({ params: { settlement }, body, principal }) => reject(principal, settlement, body.reason),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/settlements/{settlement}/resubmission',
      operationId: 'resubmitSettlement',
      summary: 'Hand in a rejected settlement again, as the party’s next one',
      access: 'administrator',
      scope: 'settlements:write',
      params,
      responses: { 201: { description: 'The new settlement', schema: settlementSchema } },
      problems: ['not-found', 'settlement-state-wrong'],
      async handle({ params: { settlement: id }, principal }) {
        const made = orRefused(await resubmit({ database, clock, id, by: principal.keyId }));
        return { status: 201, body: made, log: { settlement: made.id } };
      },
    }),
  ];
}
