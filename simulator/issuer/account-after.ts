import { type CardAccount, order, PIN_TRIES } from './card-account.js';
import { dayOf, purseBalanceOf, purseLimitOf } from './checks/check-amount.js';
import { type DecisionReason, orderedBy } from './decision.js';
import type { OpenedRequest } from './open-request.js';
import type { ScriptOrder } from './scripts/script-order.js';
import { takesScripts } from './scripts/settle-by-card.js';

/** The account once a decision stands: counter, money, PIN tries and what the card is to be told. */
export function accountAfter(opened: OpenedRequest, reason: DecisionReason): CardAccount {
  const { account, transactionCounter } = opened;
  const seen = { ...account, transactionCounter, ...pinAfter(opened, reason) };
  if (reason !== 'approved') return order(seen, ...blocking(reason, account));
  switch (opened.request.kind) {
    case 'maintenance':
      return seen;
    case 'balance':
      return withLoads(opened, seen);
    default:
      return withLoads(opened, paid(opened, seen));
  }
}

function paid({ account, amountFen, request }: OpenedRequest, seen: CardAccount): CardAccount {
  const today = dayOf(account, request.date);
  return {
    ...seen,
    availableFen: account.availableFen - amountFen,
    day: { ...today, count: today.count + 1, amountFen: today.amountFen + amountFen },
  };
}

/**
 * What the terminal asked to load, and what was ordered and fits into the purse, as one order: before what waits, for
 * the balance in it is that of this transaction.
 */
function withLoads(opened: OpenedRequest, account: CardAccount): CardAccount {
  const asked = opened.request.kind === 'load' ? opened.amountFen : 0;
  const balance = purseBalanceOf(opened);
  if (balance === undefined || !takesScripts(opened)) return account;
  const limit = purseLimitOf(account);
  let amountFen = asked;
  const later = account.loads.filter((load) => {
    const isTaken = balance + amountFen + load.amountFen <= limit;
    if (isTaken) amountFen += load.amountFen;
    return !isTaken;
  });
  if (amountFen === 0) return account;
  const load: ScriptOrder = { kind: 'load-purse', balanceFen: balance + amountFen, amountFen };
  return { ...account, orders: [load, ...account.orders], loads: later };
}

/** A wrong PIN costs a try; a right one gives all of them back, as on the card (JR/T 0025.5-2013 12.4). */
function pinAfter({ account, request }: OpenedRequest, reason: DecisionReason): Pick<CardAccount, 'pin'> | undefined {
  const { pin } = account;
  if (pin === undefined) return undefined;
  if (reason === 'pin-wrong') return { pin: { ...pin, triesLeft: pin.triesLeft - 1 } };
  return reason === 'approved' && request.pinBlock ? { pin: { ...pin, triesLeft: PIN_TRIES } } : undefined;
}

/** Lost cards are blocked where they show up; once is enough. */
function blocking(reason: DecisionReason, account: CardAccount): ScriptOrder[] {
  const kind = orderedBy(reason) as 'block-card' | 'block-application' | undefined;
  const isOrdered = account.orders.some((waiting) => waiting.kind === kind);
  return kind === undefined || isOrdered ? [] : [{ kind }];
}
