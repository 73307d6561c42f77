import type { DataMap } from '../../../emv/tlv/index.js';
import { AMOUNT_MAX, type ApplicationState } from '../card-file.js';
import { namedBitsOf } from './named-bits.js';
import { dualCurrencyAmount, isForeignCountry, isForeignCurrency, type RiskInput } from './risk-input.js';

/** Transactions in another currency or country that went by without the issuer, up to 255. */
export function withInternationalCounters(state: ApplicationState, input: RiskInput): ApplicationState {
  const next = (count: number, isForeign: boolean) => Math.min(0xff, count + (isForeign ? 1 : 0));
  return {
    ...state,
    foreignCurrencyTransactions: next(state.foreignCurrencyTransactions, isForeignCurrency(input)),
    foreignCountryTransactions: next(state.foreignCountryTransactions, isForeignCountry(input)),
  };
}

/** The sums of what was approved offline, up to what format n of 6 bytes can hold. */
export function withAmounts(state: ApplicationState, input: RiskInput): ApplicationState {
  const own = input.currency === input.data['9F51'] ? input.amount : 0;
  return {
    ...state,
    cumulativeOfflineAmount: Math.min(AMOUNT_MAX, state.cumulativeOfflineAmount + own),
    cumulativeDualCurrencyAmount: Math.min(AMOUNT_MAX, state.cumulativeDualCurrencyAmount + dualCurrencyAmount(input)),
  };
}

/** An AAC remembers that the terminal's authentication of the card failed (JR/T 0025.5-2013 14.5.1). */
export function withFailedAuthentication(state: ApplicationState, terminalData: DataMap): ApplicationState {
  const results = namedBitsOf('95', terminalData.get('95') ?? new Uint8Array(0));
  const dynamic = results.has('dynamicDataAuthenticationFailed') || results.has('combinedDataAuthenticationFailed');
  return {
    ...state,
    staticDataAuthenticationFailed:
      state.staticDataAuthenticationFailed || results.has('staticDataAuthenticationFailed'),
    dynamicDataAuthenticationFailed: state.dynamicDataAuthenticationFailed || dynamic,
  };
}
