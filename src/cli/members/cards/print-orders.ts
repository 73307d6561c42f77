import { coloursFor } from '../../colours.js';
import type { CardOrder } from './card-order.js';

const FEN_OF_YUAN = 100;

/** One line for each order, with what is allowed next. */
export function printOrders(orders: readonly CardOrder[]): void {
  const { bold, dim } = coloursFor(process.stdout);
  if (orders.length === 0) console.log('no orders');
  for (const { order, member, kind, bank, state, readyFrom, cardMask, feeFen, feeState, allowed } of orders) {
    const fee = feeFen > 0 ? [`fee ${(feeFen / FEN_OF_YUAN).toFixed(2)} yuan ${feeState ?? ''}`.trim()] : [];
    const more = [bank, `ready from ${readyFrom}`, ...(cardMask ? [cardMask] : []), ...fee].join(', ');
    console.log(
      `${bold(order)}  ${member}  ${kind}  ${state}  ${more}  ${dim(`next: ${allowed.join(', ') || 'nothing'}`)}`,
    );
  }
}
