import type { Check } from './check.js';
import { checkAmount, checkCurrency, checkLoad } from './check-amount.js';
import { checkCardResults, checkCounter, checkExpiry, checkStatus } from './check-card.js';
import { checkCryptogram, checkPurseData } from './check-cryptogram.js';
import { checkPin } from './check-holder.js';

/** `proof`: whose word this is. `condition`: whether the issuer lets it pass. */
export type CheckKind = 'proof' | 'condition';

/** In the order in which they are made. */
export const checks = [
  { name: 'cryptogram', kind: 'proof', check: checkCryptogram },
  { name: 'purse-data', kind: 'proof', check: checkPurseData },
  { name: 'counter', kind: 'proof', check: checkCounter },
  { name: 'status', kind: 'condition', check: checkStatus },
  { name: 'expiry', kind: 'condition', check: checkExpiry },
  { name: 'card-results', kind: 'condition', check: checkCardResults },
  { name: 'currency', kind: 'condition', check: checkCurrency },
  { name: 'pin', kind: 'condition', check: checkPin },
  { name: 'amount', kind: 'condition', check: checkAmount },
  { name: 'load', kind: 'condition', check: checkLoad },
] as const satisfies readonly { readonly name: string; readonly kind: CheckKind; readonly check: Check }[];

/** `request`: that it is complete, and of a card whose keys and account the issuer has. */
export type CheckName = 'request' | (typeof checks)[number]['name'];
