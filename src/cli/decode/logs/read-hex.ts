import { fromHex } from '../../../../emv/card-language.js';
import { damagedHex } from './log-error.js';
import type { LogLine } from './log-format.js';

/** Words with what may stand around a byte in a log: `0x`, commas, quotes and brackets. */
const TOKEN = /[^\s:;,=|"'<>[\]{}()-]+/g;
/** Between label and hex: `(4+0005)`, `[sel ]`, `T=1`, `20 bytes`. */
const NOISE = /\([^()]{0,60}\)|\[[^[\]]{0,12}[^0-9A-Fa-f\s,[\]x][^[\]]{0,40}\]|\bT=\d{1,2}\b|\b\d{1,6} bytes?\b/gi;
const HEX = /^[0-9A-Fa-f]+$/;

export interface HexReading {
  readonly showPan: boolean;
  /** Damaged hex is nothing, instead of an error. */
  readonly tolerant?: boolean;
}

/**
 * The first run of hex in a line behind an index, in groups or not; `undefined` where there is none. Throws
 * `CommandError` where the run breaks off in what was hex.
 */
export function readHex(
  line: LogLine,
  from: number,
  { showPan, tolerant = false }: HexReading,
): Uint8Array | undefined {
  const text = line.text.replace(NOISE, (noise, index: number) => (index < from ? noise : ' '.repeat(noise.length)));
  const isAlone = !/\S\s+\S/.test(text.slice(from));
  let hex = '';
  for (const { 0: word, index } of text.slice(from).matchAll(TOKEN)) {
    const digits = word.replace(/^0x/i, '');
    if (HEX.test(digits) && digits.length % 2 === 0) hex += digits;
    else if (
      isLeftOut(digits) ||
      (hex === '' ? isLongDamage(digits) || (isAlone && isLost(digits)) : isDamage(digits))
    ) {
      if (tolerant) return undefined;
      const place = from + index + (word.length - digits.length) + firstWrong(digits);
      throw damagedHex(line, place, HEX.test(digits) ? 'half a byte' : 'not a hex digit', showPan);
    } else if (hex !== '') break;
  }
  return hex === '' ? undefined : fromHex(hex);
}

/** Hex that a program masked or did not write to its end: `6F30840E…`, `5A086228********`. What follows is not its end. */
const isLeftOut = (word: string): boolean => /^[0-9A-Fa-f]{8,}(?:\*|…|\.{2,3}$)/.test(word);

/** Nothing but these digits, one of which was lost. */
const isLost = (digits: string): boolean => digits.length > 2 && HEX.test(digits) && /\d/.test(digits);

const firstWrong = (digits: string): number => {
  const wrong = digits.search(/[^0-9A-Fa-f]/);
  return wrong < 0 ? digits.length - 1 : wrong;
};

/** A digit lost, or one digit of two that is none: what follows hex without being text. */
const isDamage = (word: string): boolean =>
  (HEX.test(word) && word.length % 2 === 1 && /\d/.test(word)) ||
  (word.length === 2 && /^(?:[0-9A-F][^\W_]|[^\W_][0-9A-F])$/i.test(word) && /\d/.test(word)) ||
  isLongDamage(word);

const LONG = 8;

/** A long word almost all of which is hex. */
const isLongDamage = (word: string): boolean => {
  if (word.length < LONG || !/^[0-9A-Fa-f]{4}\w+$/.test(word)) return false;
  const wrong = word.replace(/[0-9A-Fa-f]/g, '').length;
  return wrong === 0 ? word.length % 2 === 1 : wrong * 8 <= word.length;
};
