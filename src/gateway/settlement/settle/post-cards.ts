import { setImmediate } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { CardPostingsTable, GatewayDatabase, Tables } from '../../storage/index.js';

/**
 * Charges in one transaction. In the embedded database it holds the only writer. A server lets others book meanwhile,
 * and only what pays or refunds one of these cards waits some seconds; charges lie in another order than their journeys,
 * so that a small step reads nearly a page for each of them.
 */
const CHARGES_TOGETHER = { libsql: 2000, postgresql: 100_000 } as const;

/** With the settlement of a day: what its cards owe is still to be posted. */
export async function beginCardPosting(transaction: Transaction<Tables>, serviceDay: string): Promise<void> {
  await transaction
    .insertInto('card_postings')
    .values({ service_day: serviceDay, operator: '', journey_id: '', revision: 0, is_done: 0 })
    .execute();
}

/**
 * Adds what each card owes of the settled days, or is owed, to its account: charge by charge in short transactions, each
 * once, whoever stops and however many do it at the same time.
 */
export async function postCards(database: GatewayDatabase, signal?: AbortSignal): Promise<void> {
  const together = CHARGES_TOGETHER[database.kind];
  for (;;) {
    signal?.throwIfAborted();
    if (!(await database.inTransaction((transaction) => postSome(transaction, together)))) return;
    await setImmediate();
  }
}

/** Gives whether anything is left. */
async function postSome(transaction: Transaction<Tables>, together: number): Promise<boolean> {
  const from = await transaction
    .selectFrom('card_postings')
    .selectAll()
    .where('is_done', '=', 0)
    .orderBy('service_day')
    .limit(1)
    .executeTakeFirst();
  if (!from) return false;
  const to = await endOfStep(transaction, from, together);
  const moved = await transaction
    .updateTable('card_postings')
    .set(to ?? { is_done: 1 })
    .where('service_day', '=', from.service_day)
    .where('operator', '=', from.operator)
    .where('journey_id', '=', from.journey_id)
    .where('revision', '=', from.revision)
    .where('is_done', '=', 0)
    .returning('service_day')
    .execute();
  if (to && moved.length > 0) await addToCards(transaction, from, to);
  return true;
}

type Place = Pick<CardPostingsTable, 'operator' | 'journey_id' | 'revision'>;

/** The last of the next charges, all of one operator. The database finds it: thousands of rows are not handed over. */
async function endOfStep(
  transaction: Transaction<Tables>,
  from: CardPostingsTable,
  together: number,
): Promise<Place | undefined> {
  const { service_day, operator, journey_id, revision } = from;
  const { rows } = await sql<Place>`with step as (select operator, journey_id, revision from charges
      where service_day = ${service_day} and (operator, journey_id, revision) > (${operator}, ${journey_id}, ${revision})
      order by operator, journey_id, revision limit ${together})
    select operator, journey_id, revision from step where operator = (select min(operator) from step)
    order by journey_id desc, revision desc limit 1`.execute(transaction);
  return rows[0];
}

async function addToCards(transaction: Transaction<Tables>, from: CardPostingsTable, to: Place): Promise<void> {
  const isSame = from.operator === to.operator;
  const after = isSame ? sql`(${from.journey_id}, ${from.revision})` : sql`('', 0)`;
  const step = sql`service_day = ${from.service_day} and operator = ${to.operator}
    and (journey_id, revision) > ${after} and (journey_id, revision) <= (${to.journey_id}, ${to.revision})`;
  await sql`insert into card_accounts (card_token, due_fen)
    select card_token, cast(sum(fen) as bigint) from (
      select card_token, amount_fen as fen from entries where ${step} and account = 'card'
      union all
      select card_token, -debited_fen from charges where ${step} and debited_fen <> 0
    ) as dues where true group by card_token having sum(fen) <> 0 order by card_token
    on conflict (card_token) do update set due_fen = card_accounts.due_fen + excluded.due_fen`.execute(transaction);
}
