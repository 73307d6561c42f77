import { order as addOrder, type CardAccount, orderLoad } from '../../card-account.js';
import { checkOrder } from '../../scripts/check-order.js';
import type { ScriptOrder } from '../../scripts/script-order.js';
import type { AccountBookPages, KeptAccount } from '../account-book.js';
import { IssuerHostError } from '../host-error.js';
import type { HostParts } from '../host-parts.js';
import { knownAccount } from '../known-account.js';

type Placed = KeptAccount & { readonly isNew: boolean };

/** A card that never comes does not fill the book. */
const WAITING_MAX = 100;

/** Throws {@link IssuerHostError}, and `IssuerError` for what no script can carry. */
export function placeOrder(
  { names }: HostParts,
  pages: AccountBookPages,
  token: string,
  id: string,
  order: ScriptOrder,
): Placed {
  checkOrder(order);
  return placeOnce(pages, token, { id, digest: names.digestOf(order) }, (account) => addOrder(account, order));
}

export function placeLoad(
  { names }: HostParts,
  pages: AccountBookPages,
  token: string,
  id: string,
  amountFen: number,
): Placed {
  return placeOnce(pages, token, { id, digest: names.digestOf({ kind: 'load', amountFen }) }, (account) => {
    const after = orderLoad(account, { id, amountFen });
    if (after === undefined) throw new IssuerHostError('available-too-low', 'amountFen');
    return after;
  });
}

function placeOnce(
  pages: AccountBookPages,
  token: string,
  { id, digest }: { readonly id: string; readonly digest: string },
  place: (account: CardAccount) => CardAccount,
): Placed {
  const before = knownAccount(pages, token);
  const known = pages.order(token, id);
  if (known !== undefined) {
    if (known.digest !== digest) throw new IssuerHostError('order-differs', id);
    return { token, account: before, isNew: false };
  }
  if (before.orders.length + before.loads.length >= WAITING_MAX) throw new IssuerHostError('orders-too-many', token);
  const account = place(before);
  pages.putAccount(token, account);
  pages.putOrder(token, { id, digest });
  return { token, account, isNew: true };
}
