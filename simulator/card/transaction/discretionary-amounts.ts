import type { IssuerDiscretionaryAmount } from '../../../emv/values/index.js';
import kinds from '../../../emv/values/issuer-discretionary-data.json' with { type: 'json' };
import type { DiscretionaryAmounts } from '../cryptography/issuer-application-data.js';
import type { Counters, RiskParameters } from './counters.js';
import { selectFund } from './funds.js';

/** Over contact the issuer is told the balance with what open pre-authorizations froze (JR/T 0025.14-2013 6.2.8). */
type Told = Counters & { readonly frozen?: number };

const amountOf: Readonly<Record<IssuerDiscretionaryAmount, (told: Told, limits: RiskParameters) => number>> = {
  electronicCashBalance: ({ balance, frozen = 0 }) => balance + frozen,
  cumulativeTotalTransactionAmount: ({ cumulativeOfflineAmount }) => cumulativeOfflineAmount,
  cumulativeTotalTransactionAmountLimit: (_, { cumulativeLowerLimit }) => cumulativeLowerLimit,
  availableOfflineSpendingAmount: (counters, limits) => selectFund(limits)?.available(counters, limits) ?? 0,
};

/** The amounts of a kind of issuer discretionary data, after the transaction (JR/T 0025.12-2013 D.5). */
export function discretionaryAmounts(
  kind: number,
  counters: Told,
  limits: RiskParameters,
): DiscretionaryAmounts | undefined {
  const found = kinds.find((row) => row.kind === kind);
  if (found === undefined) return undefined;
  return { kind, amounts: found.amounts.map((name) => amountOf[name as IssuerDiscretionaryAmount](counters, limits)) };
}
