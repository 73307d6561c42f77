import { equalBytes } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import { readFlags } from '../values/read-flags.js';
import table from './application-usage.json';
import type { TerminalKind } from './terminal-kind.js';

interface Usage {
  /** 9F07, 2 bytes. */
  readonly control?: Uint8Array | undefined;
  /** 5F28. */
  readonly issuerCountry?: Uint8Array | undefined;
  /** 9F1A. */
  readonly terminalCountry?: Uint8Array | undefined;
}

const LENGTH = 2;

/**
 * Tables 17 and 18 of JR/T 0025.6-2013 (EMV 4.3 Book 3 §10.4.2): without 9F07 everything is allowed, without 5F28 only
 * ATM or not is looked at. A 9F07 of another length allows nothing.
 */
export function isUsageAllowed(
  { control, issuerCountry, terminalCountry }: Usage,
  { isAtm, transaction }: Pick<TerminalKind, 'isAtm' | 'transaction'>,
): boolean {
  if (control === undefined) return true;
  if (control.length !== LENGTH) return false;
  const allowed = readFlags<Record<string, boolean>>('9F07', control);
  if (!allowed[isAtm ? 'atATMs' : 'atOtherTerminals']) return false;
  if (issuerCountry === undefined) return true;
  const place = terminalCountry && equalBytes(issuerCountry, terminalCountry) ? 'domestic' : 'international';
  return table
    .filter((row) => row.transaction === transaction && row.place === place)
    .every(({ anyOf }) => anyOf.some((name) => allowed[name]));
}

export const usageOf = (card: Pick<DataMap, 'get'>, terminal: DataMap): Usage => ({
  control: card.get('9F07'),
  issuerCountry: card.get('5F28'),
  terminalCountry: terminal.get('9F1A'),
});
