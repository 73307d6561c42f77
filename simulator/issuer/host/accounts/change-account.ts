import {
  type AccountLimits,
  type AccountStatus,
  type CardAccount,
  cancelOrders,
  PIN_TRIES,
} from '../../card-account.js';

export interface AccountChanges {
  readonly status?: AccountStatus;
  readonly availableFen?: number;
  readonly limits?: AccountLimits;
  /** A new online PIN, with all its tries; `null` for none. */
  readonly pin?: string | null;
  /** Nothing of what waits is told to the card any more. */
  readonly cancelsOrders?: boolean;
  /**
   * The holder has a new card of the same number: its counter begins anew, and what the old one was told and never
   * confirmed is dropped; loads among it go back.
   */
  readonly isRenewed?: boolean;
}

export function changeAccount(account: CardAccount, changes: AccountChanges): CardAccount {
  const { cancelsOrders = false, isRenewed = false, pin, ...set } = changes;
  const cancelled = cancelsOrders ? cancelOrders(account) : account;
  return {
    ...(isRenewed ? renewed(cancelled) : cancelled),
    ...set,
    ...(pin !== undefined && { pin: pin === null ? undefined : { digits: pin, triesLeft: PIN_TRIES } }),
  };
}

const renewed = (account: CardAccount): CardAccount => ({
  ...account,
  transactionCounter: 0,
  sent: [],
  availableFen: account.sent
    .flatMap(({ orders }) => orders)
    .reduce((sum, order) => (order.kind === 'load-purse' ? sum + order.amountFen : sum), account.availableFen),
});
