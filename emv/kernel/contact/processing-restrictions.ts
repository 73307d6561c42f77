import { equalBytes } from '../../bytes.js';
import { readFlags } from '../../values/read-flags.js';
import { expirationDate } from '../expiry.js';
import usage from './application-usage.json';
import type { TerminalKind } from './terminal-kind.js';
import type { TransactionState } from './transaction-state.js';

/** Versions, usage, effective and expiration date; each leaves its bit in 95 (JR/T 0025.6-2013 7.6, figure 12). */
export function checkRestrictions({ card, terminal, kind, verificationResults }: TransactionState): void {
  const [cardVersion, terminalVersion] = [card.get('9F08'), terminal.data.get('9F09')];
  if (cardVersion && terminalVersion && !equalBytes(cardVersion, terminalVersion)) {
    verificationResults.set('applicationVersionsDiffer');
  }
  if (!isUsageAllowed({ ...readUsage(card), terminalCountry: terminal.data.get('9F1A') }, kind)) {
    verificationResults.set('serviceNotAllowed');
  }
  const effective = card.get('5F25');
  if (effective && (expirationDate(effective) ?? '') > terminal.date)
    verificationResults.set('applicationNotYetEffective');
  if ((expirationDate(card.get('5F24')!) ?? '') < terminal.date) verificationResults.set('applicationExpired');
}

interface Usage {
  /** 9F07, 2 bytes. */
  readonly control?: Uint8Array | undefined;
  /** 5F28. */
  readonly issuerCountry?: Uint8Array | undefined;
  /** 9F1A. */
  readonly terminalCountry?: Uint8Array | undefined;
}

const readUsage = (card: { get(tag: string): Uint8Array | undefined }): Usage => ({
  control: card.get('9F07'),
  issuerCountry: card.get('5F28'),
});

/** Tables 17 and 18: without 9F07 everything is allowed, without 5F28 only ATM or not is looked at. */
export function isUsageAllowed(
  { control, issuerCountry, terminalCountry }: Usage,
  { isAtm, transaction }: Pick<TerminalKind, 'isAtm' | 'transaction'>,
): boolean {
  if (control === undefined) return true;
  const allowed = readFlags<Record<string, boolean>>('9F07', control);
  if (!allowed[isAtm ? 'atATMs' : 'atOtherTerminals']) return false;
  if (issuerCountry === undefined) return true;
  const place = terminalCountry && equalBytes(issuerCountry, terminalCountry) ? 'domestic' : 'international';
  return usage
    .filter((row) => row.transaction === transaction && row.place === place)
    .every(({ anyOf }) => anyOf.some((name) => allowed[name]));
}
