import { type FareCard, type FareTap, lostToMembership } from '../fares/index.js';
import { decideMember, ningboPolicy, wordsOf } from '../membership/decide/index.js';
import type { JourneysTable } from '../storage/index.js';
import type { ReceiptMembership } from './intake.js';
import type { BookingOptions } from './intake-options.js';

/**
 * Whether a journey has its rider's benefits as a member, and why, as its price sees it: at its first tap. Who enters a
 * gate is told then already, in the words of the price to come and of the member's page.
 */
export function receiptMembership(
  { campaigns, policy = ningboPolicy() }: Pick<BookingOptions, 'campaigns' | 'policy'>,
  card: FareCard,
  first: FareTap,
  { service_day: serviceDay, status }: Pick<JourneysTable, 'service_day' | 'status'>,
): ReceiptMembership {
  const { at, service } = first;
  const { entitled, reason, until, year } = decideMember({ policy, card, at, service, serviceDay });
  const { text, textZh } = wordsOf(reason, until === undefined ? { year, at } : { year, at, until });
  const membership = { at, year, entitled, reason, text, textZh };
  if (status !== 'open') return membership;
  const lost = lostToMembership(campaigns, { tap: first, serviceDay, policy }, card);
  if (lost.length === 0) return membership;
  return { ...membership, lost: lost.map(({ campaign, text, textZh }) => ({ campaign: campaign!, text, textZh })) };
}
