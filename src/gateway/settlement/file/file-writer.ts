import type { SettlementHead, SettlementLine, SettlementTotals } from '../settlement.js';

/** How a format writes a settlement: always the same bytes for the same settlement, with nothing but what it says. */
export interface FileWriter {
  readonly mediaType: string;
  /** `previousSha256`: of the party's file before, in the same format; empty where there is none. */
  begin(head: SettlementHead, previousSha256: string): string;
  /** `index` counts from 0. */
  line(line: SettlementLine, index: number): string;
  end(totals: SettlementTotals): string;
}
