import { sql } from 'kysely';
import type { GatewayDatabase } from '../storage/index.js';
import type denyReasons from './deny-reasons.json';
import forgedRefusals from './forged-refusals.json';
import { inOrderOfCards } from './in-order-of-cards.js';
import { DEBT_FEN_MIN } from './list-policy.js';

export type DenyReason = keyof typeof denyReasons;

export interface DeniedCard {
  readonly token: string;
  readonly reason: DenyReason;
}

/** The cards that terminals are to keep out at an instant, each for the first of its reasons. */
export async function* deniedCards(
  database: Pick<GatewayDatabase, 'kysely'>,
  { at, debtFen }: { readonly at: Date; readonly debtFen: number },
): AsyncGenerator<readonly DeniedCard[]> {
  yield* stoppedCards(database, at);
  yield* forgedCards(database, at);
  yield* indebtedCards(database, debtFen);
}

/** Lost or closed: in their last state before the instant. Most cards are in no other state than active. */
async function* stoppedCards(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  at: Date,
): AsyncGenerator<readonly DeniedCard[]> {
  const pages = inOrderOfCards((after, limit) =>
    kysely
      .selectFrom('card_states')
      .select('card_token')
      .distinct()
      .where('state', '<>', 'active')
      .where('card_token', '>', after)
      .orderBy('card_token')
      .limit(limit)
      .execute(),
  );
  for await (const page of pages) {
    const states = await statesAt(
      { kysely },
      page.map(({ card_token }) => card_token),
      at,
    );
    yield [...states].flatMap(([token, { state }]) => (state === 'active' ? [] : [{ token, reason: state }]));
  }
}

/** Copied: until the card is said to be active again later than the last tap that gave the copy away. */
async function* forgedCards(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  at: Date,
): AsyncGenerator<readonly DeniedCard[]> {
  const pages = inOrderOfCards((after, limit) =>
    kysely
      .selectFrom('taps')
      .select(({ fn }) => ['card_token', fn.max('at_ms').as('last_ms')])
      .where('refusal', 'in', forgedRefusals)
      .where('card_token', '>', after)
      .groupBy('card_token')
      .orderBy('card_token')
      .limit(limit)
      .execute(),
  );
  for await (const page of pages) {
    const states = await statesAt(
      { kysely },
      page.map(({ card_token }) => card_token),
      at,
    );
    yield page.flatMap(({ card_token: token, last_ms }) => {
      const last = states.get(token);
      const isReleased = last?.state === 'active' && last.fromMs > Number(last_ms);
      return isReleased ? [] : [{ token, reason: 'forged' as const }];
    });
  }
}

/** Who owes as much of the days that are settled. */
async function* indebtedCards(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  debtFen: number,
): AsyncGenerator<readonly DeniedCard[]> {
  const pages = inOrderOfCards((after, limit) =>
    kysely
      .selectFrom('card_accounts')
      .select('card_token')
      .where('due_fen', '>=', sql.lit(DEBT_FEN_MIN))
      .where('due_fen', '>=', debtFen)
      .where('card_token', '>', after)
      .orderBy('card_token')
      .limit(limit)
      .execute(),
  );
  for await (const page of pages) yield page.map(({ card_token: token }) => ({ token, reason: 'in-debt' as const }));
}

async function statesAt({ kysely }: Pick<GatewayDatabase, 'kysely'>, tokens: readonly string[], at: Date) {
  const rows = await kysely
    .selectFrom('card_states')
    .select(['card_token', 'state', 'from_ms'])
    .where('card_token', 'in', tokens)
    .where('from_ms', '<=', at.getTime())
    .orderBy('from_ms')
    .execute();
  return new Map(rows.map(({ card_token, state, from_ms }) => [card_token, { state, fromMs: Number(from_ms) }]));
}
