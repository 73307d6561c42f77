import type { Transaction } from 'kysely';
import { readCardFacts } from '../membership/facts.js';
import { stateAt } from '../membership/index.js';
import type { Tables } from '../storage/index.js';

/** How many cards a member has in use at an instant, and on order; one that is lost or closed is none. */
export async function countCards(transaction: Transaction<Tables>, member: string, at: string): Promise<number> {
  const rows = await transaction.selectFrom('cards').select('card_token').where('member', '=', member).execute();
  const tokens = rows.map(({ card_token }) => card_token);
  const facts = [...(await readCardFacts(transaction, tokens)).values()];
  const inUse = facts.filter(({ states }) => {
    const state = stateAt({ generation: 'pboc3', member: true, certifications: [], states }, at);
    return state !== 'lost' && state !== 'closed';
  });
  const isMade = new Set(inUse.map(({ token }) => token));
  const open = await transaction
    .selectFrom('card_orders')
    .select(['card_token'])
    .where('member', '=', member)
    .where('open_key', 'is not', null)
    .execute();
  return isMade.size + open.filter(({ card_token }) => card_token === null || !isMade.has(card_token)).length;
}
