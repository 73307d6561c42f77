import { isReachable, type Reach } from '../../people/index.js';
import type { CardOptions } from '../card-options.js';
import { refuseStep } from '../card-step-refused.js';
import type { Cards } from '../create-cards.js';
import { inSteps } from '../in-steps.js';
import type { OrderRequest } from '../order-card.js';
import type { BulkDone } from './take-in-bulk.js';

/** Orders a new card for a member in reach; now, where no instant is told. */
export async function orderInReach(
  options: CardOptions,
  orderCard: Cards['orderCard'],
  reach: Reach,
  { at, ...request }: Omit<OrderRequest, 'kind' | 'at'> & { readonly at?: string | undefined },
): Promise<BulkDone> {
  const { clock, database } = options;
  if (!(await isReachable(database.kysely, reach, request.member))) return refuseStep('member-unknown');
  return inSteps(options, (transaction) =>
    orderCard(transaction, { ...request, kind: 'new', at: at ?? clock().toISOString() }),
  );
}
