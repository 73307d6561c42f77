import { AMOUNT_MAX } from '../card-file.js';
import type { CardAdditionalProcess } from './card-additional-processes.js';
import type { Counters, RiskParameters } from './counters.js';

/** One way of spending offline. Amounts in fen; `counters` as they stand before the transaction. */
export interface Fund {
  readonly process: CardAdditionalProcess;
  readonly reference: string;
  /** On an offline-only terminal the card then declines. */
  exceededOffline(amount: number, counters: Counters, limits: RiskParameters): boolean;
  /** On an online-capable terminal the card then asks to go online. */
  exceededOnline(amount: number, counters: Counters, limits: RiskParameters): boolean;
  debit(amount: number, counters: Counters): Counters;
  /** Available offline amount, 9F5D. */
  available(counters: Counters, limits: RiskParameters): number;
}

const exceedsCumulative = (amount: number, counters: Counters, limits: RiskParameters) =>
  counters.cumulativeOfflineAmount + amount > limits.cumulativeLimit;

const orExceeded: Fund['exceededOffline'] = (amount, counters, limits) =>
  amount > limits.singleTransactionLimit || (amount > counters.balance && exceedsCumulative(amount, counters, limits));

const remainingCumulative = (counters: Counters, limits: RiskParameters) =>
  Math.max(0, limits.cumulativeLimit - counters.cumulativeOfflineAmount);

/** The first of these that 9F68 selects counts; they are alternatives (JR/T 0025.12-2013 7.7.5). */
const funds: readonly Fund[] = [
  {
    process: 'low-value',
    reference: 'JR/T 0025.12-2013 7.7.10',
    exceededOffline: (amount, counters, limits) => amount > counters.balance || amount > limits.singleTransactionLimit,
    exceededOnline: (amount, counters, limits) =>
      amount > limits.singleTransactionLimit || amount > counters.balance - limits.resetThreshold,
    debit: (amount, counters) => ({ ...counters, balance: counters.balance - amount }),
    available: (counters) => counters.balance,
  },
  {
    process: 'low-value-and-cumulative',
    reference: 'JR/T 0025.12-2013 7.7.11',
    exceededOffline: (amount, counters, limits) =>
      amount > counters.balance ||
      amount > limits.singleTransactionLimit ||
      exceedsCumulative(amount, counters, limits),
    exceededOnline: (amount, counters, limits) =>
      amount > limits.singleTransactionLimit ||
      amount > counters.balance - limits.resetThreshold ||
      exceedsCumulative(amount, counters, limits),
    debit: (amount, counters) => ({
      ...counters,
      balance: counters.balance - amount,
      cumulativeOfflineAmount: counters.cumulativeOfflineAmount + amount,
    }),
    available: remainingCumulative,
  },
  {
    process: 'low-value-or-cumulative',
    reference: 'JR/T 0025.12-2013 7.7.12',
    exceededOffline: orExceeded,
    exceededOnline: orExceeded,
    debit: (amount, counters) =>
      amount <= counters.balance
        ? { ...counters, balance: counters.balance - amount }
        : { ...counters, cumulativeOfflineAmount: counters.cumulativeOfflineAmount + amount },
    available: (counters, limits) => Math.min(AMOUNT_MAX, counters.balance + remainingCumulative(counters, limits)),
  },
];

export function selectFund({ processes }: RiskParameters): Fund | undefined {
  return funds.find(({ process }) => processes.has(process));
}
