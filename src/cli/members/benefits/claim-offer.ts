import { coloursFor } from '../../colours.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';

export interface ClaimOptions extends MemberGateway {
  readonly item?: string;
  readonly cancel?: string;
  readonly collected?: boolean;
  readonly json?: boolean;
}

interface Claim {
  readonly number: number;
  readonly item: string;
  readonly state: string;
  readonly arrivedAt: string;
  readonly collectBy?: string;
}

/** Claims an offer, gives it back, or writes down that it was collected. Throws CommandError with the refusal. */
export async function claimOffer(
  offer: string,
  member: string,
  { cancel, collected, item, json, ...gateway }: ClaimOptions,
): Promise<void> {
  const path = `v1/offers/${encodeURIComponent(offer)}/claims`;
  const change = cancel === undefined ? { change: 'collected' } : { change: 'cancelled', reason: cancel };
  const claim =
    cancel === undefined && !collected
      ? await askMembers<Claim>(gateway, path, { body: { member, ...(item !== undefined && { item }) } })
      : await askMembers<Claim>(gateway, `${path}/${encodeURIComponent(member)}/changes`, { body: change });
  if (json) {
    console.log(JSON.stringify(claim, undefined, 2));
    return;
  }
  const { bold, green } = coloursFor(process.stdout);
  const until = claim.collectBy === undefined ? '' : `, to be collected by ${claim.collectBy}`;
  console.log(`${green(claim.state)}  ${bold(`number ${claim.number}`)}  ${claim.item}${until}`);
}
