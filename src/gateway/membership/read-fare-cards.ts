import type { Transaction } from 'kysely';
import type { FareCard } from '../fares/index.js';
import type { Tables } from '../storage/index.js';

type Mutable<Card> = { -readonly [Key in keyof Card]: Card[Key] extends readonly (infer Item)[] ? Item[] : Card[Key] };

/** Far below the number of parameters that either database takes. */
const TOKENS_TOGETHER = 1000;

/**
 * The histories of cards as they are known now: every certification of the member and every state of the card, the
 * later recorded behind, whatever the instant they hold from. Prices judge each tap as of its own instant. Cards that
 * nobody has registered are missing.
 */
export async function readFareCards(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
): Promise<Map<string, FareCard>> {
  const cards = new Map<string, Mutable<FareCard>>();
  for (let start = 0; start < tokens.length; start += TOKENS_TOGETHER) {
    await readSome(transaction, tokens.slice(start, start + TOKENS_TOGETHER), cards);
  }
  return cards;
}

async function readSome(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
  cards: Map<string, Mutable<FareCard>>,
): Promise<void> {
  const known = await transaction
    .selectFrom('cards')
    .select(['card_token', 'generation', 'member'])
    .where('card_token', 'in', tokens)
    .execute();
  for (const { card_token, generation, member } of known) {
    cards.set(card_token, { generation, member: member !== null, certifications: [], states: [] });
  }
  const certifications = await transaction
    .selectFrom('certifications')
    .innerJoin('cards', 'cards.member', 'certifications.member')
    .select(['cards.card_token', 'certifications.year', 'certifications.at', 'certifications.by'])
    .where('cards.card_token', 'in', tokens)
    .orderBy('certifications.recorded_at_ms')
    .orderBy('certifications.at_ms')
    .orderBy('certifications.year')
    .execute();
  for (const { card_token, ...certification } of certifications) {
    cards.get(card_token)?.certifications.push(certification);
  }
  const states = await transaction
    .selectFrom('card_states')
    .select(['card_token', 'state', 'from'])
    .where('card_token', 'in', tokens)
    .orderBy('from_ms')
    .execute();
  for (const { card_token, ...state } of states) cards.get(card_token)?.states.push(state);
}
