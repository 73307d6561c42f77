import type { Transaction } from 'kysely';
import { readCardFacts } from '../membership/facts.js';
import type { Leaver } from '../membership/index.js';
import type { Tables } from '../storage/index.js';
import { appendEvent, hashStep, readEvents, subjectOfCard } from './card-event.js';
import type { CardOptions } from './card-options.js';
import { endOrders } from './end-orders.js';
import { nearestMoment } from './step-moment.js';
import { closeMade } from './take-over-card.js';

/** Why the member left stands with the membership alone, where an erasure clears it: events stay. */
const REASON = 'the member has left';

/**
 * What leaving means for a member's cards, in the transaction that records it: open orders end, with the cards that were
 * made for them and never used, and it is written down of each other card that its benefits do. That they do, and that they come back with the member, follows from the facts; as a
 * bank card it is the bank's matter.
 */
export async function withdrawCards(
  options: CardOptions,
  transaction: Transaction<Tables>,
  leavers: readonly Leaver[],
  by: string,
): Promise<void> {
  for (const { member, from } of leavers) {
    await endOrders(options, transaction, { member }, { by, at: from, reason: REASON }, (order, ending) =>
      closeMade(options, transaction, order, ending, { isInAnyCase: true }),
    );
    const rows = await transaction.selectFrom('cards').select('card_token').where('member', '=', member).execute();
    const facts = await readCardFacts(
      transaction,
      rows.map(({ card_token }) => card_token),
    );
    for (const { token, states } of facts.values()) {
      if (states.at(-1)?.state === 'closed') continue;
      await withdraw(options, transaction, token, { by, from, reason: REASON });
    }
  }
}

async function withdraw(
  { clock, tokenKey }: CardOptions,
  transaction: Transaction<Tables>,
  token: string,
  { by, from, reason }: { readonly by: string; readonly from: string; readonly reason: string },
): Promise<void> {
  const subject = subjectOfCard(token);
  const nowMs = clock().getTime();
  const at = nearestMoment(from, nowMs, (await readEvents(transaction, [subject])).at(-1));
  const contentHash = hashStep(tokenKey, by, { step: 'withdraw', from });
  const details = { leftAt: from, bankCard: 'the bank’s matter' };
  await appendEvent(transaction, {
    subject,
    step: 'withdraw',
    state: 'withdrawn',
    at,
    nowMs,
    by,
    reason,
    details,
    contentHash,
  });
}
