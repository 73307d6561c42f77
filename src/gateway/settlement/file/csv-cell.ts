import { noFormula } from '../../no-formula.js';

/** A text as one cell of CSV (RFC 4180). A spreadsheet shows it as it stands and works nothing out. */
export function csvText(text: string): string {
  const harmless = noFormula(text);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
