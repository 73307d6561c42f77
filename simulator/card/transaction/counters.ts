import { decodeNumeric, fromHex } from '../../../emv/bytes.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { type CardAdditionalProcess, readCardAdditionalProcesses } from './card-additional-processes.js';

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

export function riskParameters({ data }: CardApplication): RiskParameters {
  const amount = (tag: string) => (data[tag] === undefined ? undefined : decodeNumeric(fromHex(data[tag])));
  const processes = readCardAdditionalProcesses(data['9F68'] === undefined ? undefined : fromHex(data['9F68']));
  return {
    currency: data['9F51'] ?? '',
    processes,
    singleTransactionLimit: amount('9F78') ?? Number.POSITIVE_INFINITY,
    resetThreshold: amount('9F6D') ?? 0,
    cumulativeLimit: amount('9F5C') ?? amount('9F54') ?? 0,
    cumulativeLowerLimit: amount('9F54') ?? 0,
    verificationLimit: amount('9F6B') ?? Number.POSITIVE_INFINITY,
    foreignCurrencyLimit: data['9F53'] === undefined ? 0 : Number.parseInt(data['9F53'], 16),
    returnsAvailableOfflineAmount: amount('9F5D') === 1 && processes.has('return-available-offline-amount'),
  };
}
