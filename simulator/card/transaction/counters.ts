import { onceFor } from '../../../emv/once-for.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { amountOf, byteOf } from '../personalized.js';
import { type CardAdditionalProcess, cardAdditionalProcessesOf } from './card-additional-processes.js';

/** What an offline approval moves. */
export type Counters = Pick<ApplicationState, 'balance' | 'cumulativeOfflineAmount' | 'foreignCurrencyTransactions'>;

/** What the issuer personalized for the card's decision; amounts in fen. */
export interface RiskParameters {
  /** Upper-case hex (9F51). */
  readonly currency: string;
  readonly processes: ReadonlySet<CardAdditionalProcess>;
  /** 9F78; without it no limit. */
  readonly singleTransactionLimit: number;
  /** 9F6D; without it 0. */
  readonly resetThreshold: number;
  /** 9F5C, else 9F54, else 0. */
  readonly cumulativeLimit: number;
  /** 9F54, else 0. */
  readonly cumulativeLowerLimit: number;
  /** 9F6B; without it no limit. */
  readonly verificationLimit: number;
  /** 9F53; without it 0. */
  readonly foreignCurrencyLimit: number;
  /** 9F5D personalized as 1, and 9F68 1.1: the amount goes into the answer (JR/T 0025.12-2013 C.1). */
  readonly returnsAvailableOfflineAmount: boolean;
}

export const riskParameters = ({ data }: CardApplication): RiskParameters => readRiskParameters(data);

const readRiskParameters = onceFor((data: CardApplication['data']): RiskParameters => {
  const processes = cardAdditionalProcessesOf(data);
  return {
    currency: data['9F51'] ?? '',
    processes,
    singleTransactionLimit: amountOf(data, '9F78') ?? Number.POSITIVE_INFINITY,
    resetThreshold: amountOf(data, '9F6D') ?? 0,
    cumulativeLimit: amountOf(data, '9F5C') ?? amountOf(data, '9F54') ?? 0,
    cumulativeLowerLimit: amountOf(data, '9F54') ?? 0,
    verificationLimit: amountOf(data, '9F6B') ?? Number.POSITIVE_INFINITY,
    foreignCurrencyLimit: byteOf(data, '9F53') ?? 0,
    returnsAvailableOfflineAmount: amountOf(data, '9F5D') === 1 && processes.has('return-available-offline-amount'),
  };
});
