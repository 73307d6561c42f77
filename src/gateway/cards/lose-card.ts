import { DAY_MS } from '../../calendar/shanghai.js';
import { stateAt } from '../membership/index.js';
import { toHistory } from '../membership/to-history.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { endOrders } from './end-orders.js';
import { inSteps } from './in-steps.js';
import { recordStateFact } from './record-facts.js';
import { type CardStepTaken, type SteppedCard, takeCardStep } from './take-card-step.js';

/** Who tells of it. */
export const reporters = ['member', 'officer', 'bank'] as const;

export interface LossReport extends CardStepTaken {
  readonly through: (typeof reporters)[number];
}

/**
 * Reports a card lost: it is so from the instant told, and on the deny list when this is answered. An exchange of it that
 * nobody has collected is cancelled.
 */
export async function loseCard(
  options: CardOptions,
  { through, ...taken }: LossReport,
): Promise<SteppedCard | CardStepRefused> {
  const { token, by } = taken;
  const lost = await inSteps(options, (transaction) =>
    takeCardStep(options, transaction, taken, {
      step: 'lose',
      content: { through },
      async work(_facts, at) {
        await recordStateFact(options, transaction, { token, state: 'lost', from: at });
        const exchanges = await transaction
          .selectFrom('card_orders')
          .select('id')
          .where('open_key', '=', `exchange:${token}`)
          .where('state', 'in', ['ordered', 'personalized', 'ready'])
          .execute();
        if (exchanges.length > 0) {
          await endOrders(options, transaction, { card_token: token }, { by, at, reason: 'the card was lost' });
        }
        return { through };
      },
    }),
  );
  if (lost.result === 'created') await options.afterLoss?.();
  return lost;
}

/** Withdraws the report of a loss, within the time that the policy gives. */
export const findCard = (options: CardOptions, taken: CardStepTaken): Promise<SteppedCard | CardStepRefused> =>
  inSteps(options, (transaction) =>
    takeCardStep(options, transaction, taken, {
      step: 'find',
      async work(facts, at) {
        const { token } = taken;
        const { findWithinDays } = options.cardPolicy.loss;
        const lost = facts.states.filter(({ state, from_ms }) => state === 'lost' && from_ms <= Date.parse(at)).at(-1);
        const lostAtMs = Number(lost?.from_ms ?? 0);
        if (Date.parse(at) > lostAtMs + findWithinDays * DAY_MS) {
          return refuseStep('find-too-late', `within ${findWithinDays} days`);
        }
        const before = stateAt(toHistory(facts)!, new Date(lostAtMs - 1).toISOString());
        if (before !== 'active') return refuseStep('card-not-in-use');
        const inItsStead = await transaction
          .selectFrom('card_orders')
          .select('id')
          .where('open_key', '=', `replacement:${token}`)
          .executeTakeFirst();
        if (inItsStead) return refuseStep('card-being-replaced', `order ${inItsStead.id}: cancel it first`);
        await recordStateFact(options, transaction, { token, state: 'active', from: at });
        return {};
      },
    }),
  );
