import { type IssuerHost, type KeptAccount, showOrder } from '../../../../simulator/index.js';

/** An account as it may be told: without card number and PINs. */
export function showAccount({ account }: KeptAccount, { nameOf }: Pick<IssuerHost, 'nameOf'>) {
  const { pan: _, pin, orders, sent, ...shown } = account;
  return {
    card: nameOf(account),
    ...shown,
    ...(pin && { pinTriesLeft: pin.triesLeft }),
    orders: orders.map(showOrder),
    sent: sent.map(({ identifier, orders: told }) => ({ identifier, orders: told.map(showOrder) })),
  };
}
