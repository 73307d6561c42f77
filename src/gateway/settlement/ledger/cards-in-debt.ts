import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';

export interface CardInDebt {
  readonly cardToken: string;
  readonly dueFen: number;
}

/** The cards that owe more than `limitFen` of the days that are settled, in order of their tokens. */
export async function cardsInDebt(kysely: Kysely<Tables>, limitFen: number): Promise<CardInDebt[]> {
  const rows = await kysely
    .selectFrom('card_accounts')
    .selectAll()
    .where('due_fen', '>', limitFen)
    .orderBy('card_token')
    .execute();
  return rows.map(({ card_token, due_fen }) => ({ cardToken: card_token, dueFen: due_fen }));
}

/** What a card owes of the days that are settled, below zero what it is owed. */
export async function readCardAccount(kysely: Kysely<Tables>, cardToken: string): Promise<CardInDebt> {
  const row = await kysely
    .selectFrom('card_accounts')
    .select('due_fen')
    .where('card_token', '=', cardToken)
    .executeTakeFirst();
  return { cardToken, dueFen: row?.due_fen ?? 0 };
}
