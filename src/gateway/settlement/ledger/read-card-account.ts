import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';

export interface CardAccount {
  readonly cardToken: string;
  /** What the card owes of the days that are settled, below zero what it is owed. */
  readonly dueFen: number;
}

/** A card that is in no book owes nothing. */
export async function readCardAccount(kysely: Kysely<Tables>, cardToken: string): Promise<CardAccount> {
  const row = await kysely
    .selectFrom('card_accounts')
    .select('due_fen')
    .where('card_token', '=', cardToken)
    .executeTakeFirst();
  return { cardToken, dueFen: row?.due_fen ?? 0 };
}
