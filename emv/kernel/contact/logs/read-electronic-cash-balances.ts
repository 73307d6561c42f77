import { decodeNumeric, toHex } from '../../../bytes.js';
import { proceed, type Step } from '../../transaction-outcome.js';
import type { ContactExchange } from '../contact-exchange.js';
import { readObject } from '../read-object.js';
import { selectForReading } from '../select-application.js';

export interface ElectronicCashBalance {
  /** Numeric code, four digits (`0156`); absent where the card does not tell it. */
  readonly currency?: string | undefined;
  /** In the smallest unit. */
  readonly balance: number;
}

/** Currency and balance of the first and of the second purse (JR/T 0025.15-2013). */
const PURSES = [
  ['9F51', '9F79'],
  ['DF71', 'DF79'],
] as const;

/** What an application's purses hold; one that the card does not give is left out (JR/T 0025.13-2013, JR/T 0025.15-2013). */
export function* readElectronicCashBalances(
  applicationIdentifier: Uint8Array,
): ContactExchange<Step<readonly ElectronicCashBalance[]>> {
  const selected = yield* selectForReading(applicationIdentifier);
  if (!selected.ok) return selected;
  const balances: ElectronicCashBalance[] = [];
  for (const [currencyTag, balanceTag] of PURSES) {
    const currency = yield* readObject(currencyTag);
    if (!currency.ok) return currency;
    const balance = yield* readObject(balanceTag);
    if (!balance.ok) return balance;
    const amount = balance.value && decodeNumeric(balance.value);
    if (amount !== undefined) {
      balances.push({ balance: amount, ...(currency.value && { currency: toHex(currency.value) }) });
    }
  }
  return proceed(balances);
}
