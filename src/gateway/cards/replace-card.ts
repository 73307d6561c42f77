import { bookFee } from './card-fees.js';
import type { CardOptions } from './card-options.js';
import { cardStateAt, holdCardFacts } from './card-state.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { inSteps } from './in-steps.js';
import { type OrderedCard, orderCard } from './order-card.js';
import { readOrder } from './order-view.js';
import { refuseMoment } from './step-moment.js';
import type { CardStepTaken } from './take-card-step.js';

/** Orders another card in place of a lost one, at the bank of the lost one, and books what that costs. */
export const replaceCard = (
  options: CardOptions,
  { token, by, at: told, reason }: CardStepTaken,
): Promise<OrderedCard | CardStepRefused> =>
  inSteps(options, async (transaction) => {
    const facts = await holdCardFacts(options, transaction, token);
    if (!facts) return refuseStep('card-unknown');
    const { member } = facts;
    if (member === null) return refuseStep('card-not-a-members');
    const nowMs = options.clock().getTime();
    const at = told ?? new Date(nowMs).toISOString();
    const refusal = refuseMoment(at, nowMs, undefined);
    if (refusal) return refusal;
    if (cardStateAt(facts, new Date(nowMs).toISOString()) !== 'lost') return refuseStep('card-not-lost');
    const { feeFen } = options.cardPolicy.replacement;
    const { bank } = await transaction
      .selectFrom('cards')
      .select('bank')
      .where('card_token', '=', token)
      .executeTakeFirstOrThrow();
    const request = { member, kind: 'replacement' as const, by, at, reason };
    const ordered = await orderCard(options, transaction, request, { bank, replaces: token, feeFen });
    if (ordered.result !== 'created') return ordered;
    const row = { id: ordered.order.order, fee_fen: feeFen, replaces: token, card_token: null };
    await bookFee(options, transaction, row, { by, at, reason });
    return { ...ordered, order: (await readOrder(transaction, row.id))! };
  });
