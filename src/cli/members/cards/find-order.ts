import { CommandError, exitCodes } from '../../exit-codes.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';
import type { CardOrder } from './card-order.js';

const ORDERS_MAX = 1000;

/**
 * The member's order of which a step can be taken. Where there is none, the last one: the gateway knows whether the step
 * was taken before. Throws {@link CommandError}.
 */
export async function findOrder(gateway: MemberGateway, member: string, steps: readonly string[]): Promise<string> {
  const query = { member, limit: ORDERS_MAX };
  const { orders } = await askMembers<{ orders: readonly CardOrder[] }>(gateway, 'v1/card-orders', { query });
  const fitting = orders.filter(({ allowed }) => allowed.some((step) => steps.includes(step)));
  if (fitting.length > 1) {
    const hint = `Name one of them: ${fitting.map(({ order, kind }) => `${order} (${kind})`).join(', ')}.`;
    throw new CommandError('card-order-unclear', 'several cards are on order for the member', exitCodes.no, hint);
  }
  const [found] = fitting.length > 0 ? fitting : [...orders].sort(lastFirst);
  if (!found) throw new CommandError('card-order-none', 'no card is on order for the member', exitCodes.no);
  return found.order;
}

const lastFirst = (one: CardOrder, other: CardOrder): number => Date.parse(other.orderedAt) - Date.parse(one.orderedAt);
