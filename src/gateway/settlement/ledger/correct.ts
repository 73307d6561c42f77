import type { LedgerAccount } from '../../storage/index.js';
import type { Refused } from '../settlement-options.js';
import { type LedgerOptions, type RecordedTransaction, recordTransaction } from './record-transaction.js';

export interface CorrectionRequest {
  readonly id: string;
  readonly reason: string;
  /** In whose settlement it goes; in none where it is absent. */
  readonly operator?: string | undefined;
  /** They sum to zero, and one of them moves something. */
  readonly entries: readonly {
    readonly account: LedgerAccount;
    readonly party?: string | undefined;
    readonly amountFen: number;
  }[];
}

/** Which accounts have parties. */
export const ACCOUNTS_WITH_PARTIES: ReadonlySet<LedgerAccount> = new Set(['operator', 'sponsor', 'card', 'purse']);

/** Writes what a person has decided by hand. What was booked stays as it is. */
export function correct(
  options: LedgerOptions,
  { id, reason, operator = '', entries }: CorrectionRequest,
): Promise<RecordedTransaction | Refused> {
  const content = { reason, operator, entries };
  const lines = entries.map(({ account, party = '', amountFen }) => ({ account, party, operator, amountFen }));
  const cardToken = lines.find(({ account }) => account === 'card')?.party;
  return recordTransaction(options, { id, kind: 'correction', reason, cardToken, content }, async () => ({ lines }));
}
