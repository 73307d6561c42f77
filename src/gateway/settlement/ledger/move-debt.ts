import type { LedgerAccount } from '../../storage/index.js';
import { type Refused, refused } from '../settlement-options.js';
import { holdCard } from './post-transaction.js';
import { type LedgerOptions, type RecordedTransaction, recordTransaction } from './record-transaction.js';

/** What happens to a card's account: it pays, it is paid out what it is owed, or what it owes is given up. */
export type DebtMove = 'payment' | 'payout' | 'write-off';

export interface DebtRequest {
  readonly id: string;
  readonly cardToken: string;
  readonly kind: DebtMove;
  /** Above zero. */
  readonly amountFen: number;
  readonly reason: string;
}

const COUNTER_ACCOUNTS: Readonly<Record<DebtMove, LedgerAccount>> = {
  payment: 'bank',
  payout: 'bank',
  'write-off': 'write-off',
};

/** Moves what a card owes, or is owed, of the days that are settled; never beyond zero. */
export function moveDebt(options: LedgerOptions, request: DebtRequest): Promise<RecordedTransaction | Refused> {
  const { id, cardToken, kind, amountFen, reason } = request;
  const content = { cardToken, amountFen, reason };
  return recordTransaction(options, { id, kind, reason, cardToken, content }, async (transaction) => {
    const dueFen = await holdCard(transaction, cardToken);
    if (kind === 'payout' && amountFen > -dueFen) {
      return refused('credit-exceeded', `the card is owed ${Math.max(0, -dueFen)} fen`);
    }
    if (kind !== 'payout' && amountFen > dueFen) {
      return refused('debt-exceeded', `the card owes ${Math.max(0, dueFen)} fen`);
    }
    const cardFen = kind === 'payout' ? amountFen : -amountFen;
    return {
      lines: [
        { account: COUNTER_ACCOUNTS[kind], party: '', operator: '', amountFen: -cardFen },
        { account: 'card', party: cardToken, operator: '', amountFen: cardFen },
      ],
    };
  });
}
