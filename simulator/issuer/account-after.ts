import { type CardAccount, order } from './card-account.js';
import { dayOf, purseBalanceOf } from './checks/check-amount.js';
import { type DecisionReason, orderedBy } from './decision.js';
import type { OpenedRequest } from './open-request.js';
import type { ScriptOrder } from './scripts/script-order.js';

/** The account once a decision stands: counter, money, PIN tries and what the card is to be told. */
export function accountAfter(opened: OpenedRequest, reason: DecisionReason): CardAccount {
  const { account, transactionCounter, amountFen, request } = opened;
  const seen = { ...account, transactionCounter, ...pinAfter(opened, reason) };
  if (reason !== 'approved') return order(seen, ...blocking(reason, account));
  const today = dayOf(account, request.date);
  const paid = {
    ...seen,
    availableFen: account.availableFen - amountFen,
    day: { ...today, count: today.count + 1, amountFen: today.amountFen + amountFen },
  };
  if (request.kind !== 'load') return paid;
  // Before what waits: the balance in the order is that of this transaction.
  const load: ScriptOrder = { kind: 'load-purse', balanceFen: purseBalanceOf(opened)! + amountFen, amountFen };
  return { ...paid, orders: [load, ...paid.orders] };
}

/** A wrong PIN costs a try. */
function pinAfter({ account }: OpenedRequest, reason: DecisionReason): Pick<CardAccount, 'pin'> | undefined {
  if (reason !== 'pin-wrong' || account.pin === undefined) return undefined;
  return { pin: { ...account.pin, triesLeft: account.pin.triesLeft - 1 } };
}

/** Lost cards are blocked where they show up; once is enough. */
function blocking(reason: DecisionReason, account: CardAccount): ScriptOrder[] {
  const kind = orderedBy(reason) as 'block-card' | 'block-application' | undefined;
  const isOrdered = account.orders.some((waiting) => waiting.kind === kind);
  return kind === undefined || isOrdered ? [] : [{ kind }];
}
