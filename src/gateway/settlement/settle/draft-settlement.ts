import { createHash } from 'node:crypto';
import type { PartyKind, SettlementHead, SettlementTotals } from '../settlement.js';
import type { LastSettlement } from './last-of-party.js';

/** A settlement that has been worked out and is not written yet. */
export interface DraftSettlement {
  readonly head: SettlementHead;
  readonly totals: SettlementTotals;
  readonly sha256: { readonly csv: string; readonly json: string };
  readonly before: LastSettlement;
}

/** A settlement's name is the same in every process that makes it. */
export function headOf(
  serviceDay: string,
  partyKind: PartyKind,
  party: string,
  { number }: LastSettlement,
  resubmits: string | undefined,
): SettlementHead {
  const name = JSON.stringify([serviceDay, partyKind, party, resubmits ?? '']);
  const id = `stl_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  return { id, number: number + 1, serviceDay, partyKind, party, resubmits };
}
