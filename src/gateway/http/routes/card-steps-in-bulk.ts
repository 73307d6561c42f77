import { z } from 'zod';
import {
  activateCard,
  type BulkDone,
  type CardOptions,
  type Cards,
  checkCard,
  collectCard,
  findOrder,
  type OrderStep,
  orderInReach,
  readyCard,
  takeInBulk,
} from '../../cards/index.js';
import { CSV, XLSX } from '../../sheets/index.js';
import { bulkAnswerSchema, bulkRowSchemas } from '../card-bulk-schemas.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { LIST_ROWS_MAX, readCardList } from '../read-card-list.js';
import { type Route, route } from '../route.js';
import type { Scope } from '../scopes.js';

interface BulkRoute<Row extends z.ZodObject> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly row: Row;
  /** Takes the step of one row. */
  take(options: CardOptions, said: z.infer<Row>, principal: Principal): Promise<BulkDone>;
}

interface BulkStepRoute<Row extends z.ZodObject> extends Omit<BulkRoute<Row>, 'take'> {
  /** By which of these an order of a member is found. */
  readonly steps: readonly OrderStep[];
  take(
    options: CardOptions,
    request: z.infer<Row> & { readonly order: string; readonly by: string },
  ): Promise<BulkDone>;
}

/** A step of many orders in one request, each row answered for itself. */
export function cardStepsInBulkRoutes({ options, orderCard }: Cards): Route[] {
  return [
    bulkRoute(options, {
      path: '/v1/card-steps/orders',
      operationId: 'orderCards',
      summary: 'Order a new card for each member of a list, once however often it is asked for',
      scope: 'card-orders:write',
      row: bulkRowSchemas.orders,
      take: (quiet, said, principal) =>
        orderInReach(quiet, orderCard, reachOf(principal), { ...said, by: actorOf(principal) }),
    }),
    stepRoute(options, {
      path: '/v1/card-steps/ready',
      operationId: 'readyCards',
      summary: 'The bank’s list of cards that are made and can be collected; each number becomes a token at once',
      scope: 'cards:personalize',
      steps: ['personalize', 'ready'],
      row: bulkRowSchemas.ready,
      take: readyCard,
    }),
    stepRoute(options, {
      path: '/v1/card-steps/collection',
      operationId: 'collectCards',
      summary:
        'Hand out each card of a list, where identity, name and number are those that are known; nothing is kept',
      scope: 'cards:hand-out',
      steps: ['collect'],
      row: bulkRowSchemas.collection,
      take: collectCard,
    }),
    stepRoute(options, {
      path: '/v1/card-steps/check',
      operationId: 'checkCards',
      summary: 'Each member of a list has checked number and name of the card',
      scope: 'cards:take-over',
      steps: ['check'],
      row: bulkRowSchemas.check,
      take: checkCard,
    }),
    stepRoute(options, {
      path: '/v1/card-steps/activation',
      operationId: 'activateCards',
      summary: 'Each card of a list is activated and its password set; a password itself is never told',
      scope: 'cards:take-over',
      steps: ['activate'],
      row: bulkRowSchemas.activation,
      take: activateCard,
    }),
  ];
}

const stepRoute = <Row extends z.ZodObject>(
  options: CardOptions,
  { steps, take, ...rest }: BulkStepRoute<Row>,
): Route =>
  bulkRoute(options, {
    ...rest,
    async take(quiet, said, principal) {
      const { member, order: named, ...step } = said as { readonly member?: string; readonly order?: string };
      const order = await findOrder(quiet, reachOf(principal), { member, order: named }, steps);
      if (typeof order !== 'string') return order;
      return take(quiet, { ...step, order, by: actorOf(principal) } as never);
    },
  });

const bulkRoute = <Row extends z.ZodObject>(options: CardOptions, { row, take, ...rest }: BulkRoute<Row>): Route =>
  route({
    ...rest,
    method: 'post',
    tag: 'cards',
    access: 'people',
    body: {
      schema: row.array().min(1).max(LIST_ROWS_MAX),
      mediaType: 'application/json',
      others: {
        [XLSX]: z.string().describe('A workbook: its first sheet, with the fields as headings, in any order'),
        [CSV]: z.string().describe('UTF-8, UTF-16 or GB18030, with comma, semicolon or tab'),
      },
      isRaw: true,
    },
    responses: { 200: { description: 'What became of each row', schema: bulkAnswerSchema } },
    problems: ['card-list-unreadable'],
    async handle({ request, principal }) {
      const list = await readCardList(request, row);
      const outcomes = await takeInBulk(options, list, (quiet, said) => take(quiet, said, principal));
      const counts = { created: 0, exists: 0, refused: 0 };
      for (const { result } of outcomes) counts[result] += 1;
      const rows = outcomes.map(({ line, ...outcome }) => ({ row: line, ...outcome }));
      return { status: 200, body: { counts, rows }, log: counts };
    },
  });
