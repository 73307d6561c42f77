import { equalBytes } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import { readFlags } from '../values/read-flags.js';

/** Application usage control (9F07). */
interface ApplicationUsageControl {
  readonly domesticCash: boolean;
  readonly internationalCash: boolean;
  readonly domesticGoods: boolean;
  readonly internationalGoods: boolean;
  readonly domesticServices: boolean;
  readonly internationalServices: boolean;
  readonly atATMs: boolean;
  readonly atOtherTerminals: boolean;
  readonly domesticCashback: boolean;
  readonly internationalCashback: boolean;
}

interface Source {
  get(tag: string): Uint8Array | undefined;
}

const LENGTH = 2;
const CASH = 0x01;
const CASHBACK = 0x09;
/** 9F40 byte 1 bit 8. */
const CASH_TERMINAL = 0x80;

/**
 * Whether the card may be used here and for this (EMV 4.3 Book 3 §10.4.2). A card that says nothing (no 9F07) may; one
 * that does not tell its issuer's country (5F28) is only asked about automatic tellers.
 */
export function allowsUse(card: Source, terminal: DataMap): boolean {
  const value = card.get('9F07');
  if (value === undefined) return true;
  if (value.length !== LENGTH) return false;
  const control = readFlags<ApplicationUsageControl>('9F07', value);
  if (!(isAutomaticTeller(terminal) ? control.atATMs : control.atOtherTerminals)) return false;
  const country = card.get('5F28');
  return country === undefined || allowsTransaction(control, isDomestic(country, terminal), terminal);
}

function allowsTransaction(control: ApplicationUsageControl, domestic: boolean, terminal: DataMap): boolean {
  const type = terminal.get('9C')?.[0] ?? 0;
  if (type === CASH) return domestic ? control.domesticCash : control.internationalCash;
  const withCashback = type === CASHBACK || (terminal.get('9F03')?.some((byte) => byte !== 0) ?? false);
  if (withCashback && !(domestic ? control.domesticCashback : control.internationalCashback)) return false;
  return domestic
    ? control.domesticGoods || control.domesticServices
    : control.internationalGoods || control.internationalServices;
}

/** Terminal types 14 to 16 that give cash (EMV 4.3 Book 4 annex A1). */
function isAutomaticTeller(terminal: DataMap): boolean {
  const type = terminal.get('9F35')?.[0] ?? 0;
  return type >= 0x14 && type <= 0x16 && ((terminal.get('9F40')?.[0] ?? 0) & CASH_TERMINAL) !== 0;
}

const isDomestic = (country: Uint8Array, terminal: DataMap): boolean =>
  equalBytes(country, terminal.get('9F1A') ?? new Uint8Array());
