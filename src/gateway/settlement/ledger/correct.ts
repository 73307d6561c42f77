import type { Transaction } from 'kysely';
import type { LedgerAccount, Tables } from '../../storage/index.js';
import { type Refused, refused } from '../settlement-options.js';
import { type LedgerOptions, type RecordedTransaction, recordTransaction } from './record-transaction.js';

export interface CorrectionRequest {
  readonly id: string;
  readonly reason: string;
  /** In whose settlement it goes; in none where it is absent. */
  readonly operator?: string | undefined;
  /** The journey or the refused tap that it is about: then it counts for what that is over-credited or still open. */
  readonly journeyId?: string | undefined;
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
  { id, reason, operator = '', journeyId, entries }: CorrectionRequest,
): Promise<RecordedTransaction | Refused> {
  const content = { reason, operator, entries, ...(journeyId !== undefined && { journeyId }) };
  const lines = entries.map(({ account, party = '', amountFen }) => ({ account, party, operator, amountFen }));
  const cardToken = lines.find(({ account }) => account === 'card')?.party;
  const request = { id, kind: 'correction', reason, cardToken, journeyId, content } as const;
  return recordTransaction(options, request, async (transaction) => {
    if (journeyId === undefined || (await isKnown(transaction, journeyId))) return { lines };
    return refused('journey-unknown', 'there is neither such a journey nor such a tap');
  });
}

/** A journey bears the id of its first tap, also when the taps stand otherwise by now. */
async function isKnown(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const rows = await transaction.selectFrom('taps').select('id').where('id', '=', id).limit(1).execute();
  return rows.length > 0;
}
