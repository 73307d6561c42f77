import { versionsDiffer } from '../application-version.js';
import { expirationDate } from '../expiry.js';
import { isUsageAllowed, usageOf } from '../usage-control.js';
import type { TransactionState } from './transaction-state.js';

/** Versions, usage, effective and expiration date; each leaves its bit in 95 (JR/T 0025.6-2013 7.6, figure 12). */
export function checkRestrictions({ card, terminal, kind, verificationResults }: TransactionState): void {
  if (versionsDiffer(card, terminal.data)) verificationResults.set('applicationVersionsDiffer');
  if (!isUsageAllowed(usageOf(card, terminal.data), kind)) verificationResults.set('serviceNotAllowed');
  const effective = card.get('5F25');
  if (effective && (expirationDate(effective) ?? '') > terminal.date)
    verificationResults.set('applicationNotYetEffective');
  if ((expirationDate(card.get('5F24')!) ?? '') < terminal.date) verificationResults.set('applicationExpired');
}
