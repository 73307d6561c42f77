import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { ErasureRefusal } from './erasure-refusal.js';

/** Why a person cannot be erased now; `undefined` where nothing stands against it. */
export async function whyNotErased(
  kysely: Kysely<Tables>,
  member: string,
  at: Date,
): Promise<ErasureRefusal | undefined> {
  const known = await kysely.selectFrom('members').select('member').where('member', '=', member).executeTakeFirst();
  if (known === undefined) return 'member-unknown';
  if (!(await hasLeft(kysely, member, at))) return 'member-not-left';
  if (await isInDebt(kysely, member)) return 'member-in-debt';
  const order = await kysely
    .selectFrom('card_orders')
    .select('id')
    .where('member', '=', member)
    .where('open_key', 'is not', null)
    .executeTakeFirst();
  return order === undefined ? undefined : 'card-order-open';
}

async function hasLeft(kysely: Kysely<Tables>, member: string, at: Date): Promise<boolean> {
  const latest = await kysely
    .selectFrom('membership_changes')
    .select('change')
    .where('member', '=', member)
    .where('from_ms', '<=', at.getTime())
    .orderBy('from_ms', 'desc')
    .executeTakeFirst();
  return latest?.change === 'left';
}

/** What settled days have left to be paid, and what is due of days that are not settled yet. */
async function isInDebt(kysely: Kysely<Tables>, member: string): Promise<boolean> {
  const cards = kysely.selectFrom('cards').select('card_token').where('member', '=', member);
  const settled = await kysely
    .selectFrom('card_accounts')
    .select('card_token')
    .where('card_token', 'in', cards)
    .where('due_fen', '>', 0)
    .executeTakeFirst();
  if (settled !== undefined) return true;
  const open = await kysely
    .selectFrom('journeys')
    .select('id')
    .where('card_token', 'in', cards)
    .where('due_fen', '>', 0)
    .where('service_day', 'not in', kysely.selectFrom('settled_days').select('service_day'))
    .executeTakeFirst();
  return open !== undefined;
}
