import type { Transaction } from 'kysely';
import { prepareQuery, rowsOfJson, type Tables } from '../storage/index.js';
import type { CardHistory } from './decide/index.js';
import { readCardFacts } from './facts.js';
import { toHistory } from './to-history.js';

/** Far below the number of parameters that either database takes. */
const TOKENS_TOGETHER = 1000;

const historiesOf = prepareQuery((kysely, { tokens }: { tokens: string }) =>
  kysely
    .selectFrom(rowsOfJson<{ card_token: string }>(kysely, tokens, { card_token: 'text' }).as('asked'))
    .crossJoin('cards')
    .select(['cards.card_token', 'cards.history'])
    .whereRef('cards.card_token', '=', 'asked.card_token'),
);

/**
 * The histories of cards as they are known now, by one indexed read: each card's row holds its own. Prices judge each
 * tap as of its own instant. Cards that nobody has registered are missing.
 */
export async function readFareCards(
  transaction: Transaction<Tables>,
  tokens: readonly string[],
): Promise<Map<string, CardHistory>> {
  const cards = new Map<string, CardHistory>();
  for (let start = 0; start < tokens.length; start += TOKENS_TOGETHER) {
    const asked = tokens.slice(start, start + TOKENS_TOGETHER).map((card_token) => ({ card_token }));
    const rows = await historiesOf(transaction, { tokens: JSON.stringify(asked) });
    const unwritten = rows.filter(({ history }) => history === null).map(({ card_token }) => card_token);
    for (const { card_token, history } of rows) if (history !== null) cards.set(card_token, JSON.parse(history));
    for (const [token, facts] of await readCardFacts(transaction, unwritten)) {
      const history = toHistory(facts);
      if (history) cards.set(token, history);
    }
  }
  return cards;
}
