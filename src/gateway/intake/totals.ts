import { type Kysely, sql } from 'kysely';
import { groupBy } from '../group-by.js';
import type { Tables } from '../storage/index.js';
import type { OperatorTotals, ServiceDayTotals } from './intake.js';

/** Sums what is booked on a service day, from the entries themselves. */
export async function readTotals(kysely: Kysely<Tables>, serviceDay: string): Promise<ServiceDayTotals> {
  const lines = await kysely
    .selectFrom('entries')
    .select(['operator', 'account', 'sponsor'])
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('amount_fen'))
    .where('service_day', '=', serviceDay)
    .groupBy(['operator', 'account', 'sponsor'])
    .execute();
  const balances = kysely
    .selectFrom('entries')
    .select(['operator', 'journey_id'])
    .where('service_day', '=', serviceDay)
    .groupBy(['operator', 'journey_id', 'account', 'sponsor'])
    .having(sql<boolean>`sum(amount_fen) <> 0`);
  const counts = await kysely
    .selectFrom(balances.as('balances'))
    .select('operator')
    .select(sql<number>`count(distinct journey_id)`.as('journeys'))
    .groupBy('operator')
    .execute();
  const closed = await kysely
    .selectFrom('service_days')
    .select('service_day')
    .where('service_day', '=', serviceDay)
    .executeTakeFirst();
  const journeysOf = new Map(counts.map(({ operator, journeys }) => [operator, journeys]));
  const operators = [...groupBy(lines, ({ operator }) => operator)]
    .map(([operator, ofOperator]) => toTotals(operator, journeysOf.get(operator) ?? 0, ofOperator))
    .sort((one, other) => byText(one.operator, other.operator));
  const sum = (amountOf: (totals: OperatorTotals) => number) =>
    operators.reduce((fen, totals) => fen + amountOf(totals), 0);
  return {
    serviceDay,
    closed: closed !== undefined,
    operators,
    grossFen: sum(({ grossFen }) => grossFen),
    cardFen: sum(({ cardFen }) => cardFen),
    sponsorFen: sum(({ sponsors }) => sponsors.reduce((fen, { amountFen }) => fen + amountFen, 0)),
  };
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

type Line = Pick<Tables['entries'], 'account' | 'sponsor' | 'amount_fen'>;

function toTotals(operator: string, journeys: number, lines: readonly Line[]): OperatorTotals {
  const of = (account: Line['account']) => lines.filter((line) => line.account === account);
  const sumOf = (account: Line['account']) => of(account).reduce((sum, { amount_fen }) => sum + amount_fen, 0);
  return {
    operator,
    journeys,
    // Not −0 where there is none.
    grossFen: 0 - sumOf('fare'),
    cardFen: sumOf('card'),
    sponsors: of('sponsor')
      .map(({ sponsor, amount_fen }) => ({ sponsor, amountFen: amount_fen }))
      .sort((one, other) => byText(one.sponsor, other.sponsor)),
  };
}
