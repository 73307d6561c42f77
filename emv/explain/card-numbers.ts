import { hasRightCheckDigit } from '../card-number.js';

const LENGTH_MIN = 13;
const LENGTH_MAX = 19;

/** Card numbers that must not be shown, and the hiding of them. */
export interface CardNumbers {
  /**
   * Hex without these numbers, packed two digits a byte or as text, and without what looks like track 2. Unless
   * `knownOnly`, runs of digits that could be a card number by their length and check digit are hidden too.
   */
  redact(hex: string, options?: { readonly knownOnly?: boolean }): string;
  /** Hex in which the same numbers keep their first six and last four digits; what follows one in a track stays. */
  mask(hex: string): string;
}

const PREFIX_LENGTH = 8;

/**
 * The time that hiding takes does not grow with how many numbers there are. Numbers have eight digits at least;
 * shorter ones are left out.
 */
export function createCardNumbers(numbers: Iterable<string>): CardNumbers {
  const known = new Set<string>();
  const lengthsOfPrefix = new Map<string, Set<number>>();
  for (const number of numbers) {
    if (number.length < PREFIX_LENGTH) continue;
    known.add(number);
    const prefix = number.slice(0, PREFIX_LENGTH);
    lengthsOfPrefix.set(prefix, (lengthsOfPrefix.get(prefix) ?? new Set()).add(number.length));
  }
  /** From and to of each known number in a run of digits. */
  const find = (digits: string): Range[] => {
    const found: Range[] = [];
    for (let from = 0; from + PREFIX_LENGTH <= digits.length; from++) {
      for (const length of lengthsOfPrefix.get(digits.slice(from, from + PREFIX_LENGTH)) ?? []) {
        if (from + length <= digits.length && known.has(digits.slice(from, from + length)))
          found.push([from, from + length]);
      }
    }
    return found;
  };
  return {
    redact(hex, { knownOnly = false } = {}) {
      const hidden = findingsOf(hex, find, !knownOnly).map(({ range }) => range);
      return hidden.length === 0 ? hex : hide(hex, hidden);
    },
    mask: (hex) => hide(hex, findingsOf(hex, find, true).flatMap(middlesOf)),
  };
}

type Range = readonly [number, number];

/** What must not be shown of hex. */
interface Finding {
  readonly range: Range;
  /** The numbers in it; a track goes on behind its own. */
  readonly numbers: readonly Range[];
  /** Characters of hex to a digit: 2 where digits stand as text. */
  readonly width: 1 | 2;
}

/** What is to be hidden of hex: what `find` knows of a run of digits, tracks, and what looks like a number. */
function findingsOf(hex: string, find: (digits: string) => readonly Range[], guess: boolean): Finding[] {
  const findings: Finding[] = [];
  for (const { 0: digits, index } of hex.matchAll(/\d{8,}/g)) {
    const end = index + digits.length;
    const known = find(digits).map(([from, to]): Range => [index + from, index + to]);
    const isTrack = digits.length >= LENGTH_MIN && TRACK_REST.test(hex.slice(end, end + 8));
    // Digits that stand as text are looked at as what they say.
    const isGuessed = guess && !PACKED_TEXT.test(digits) && looksLikeCardNumber(digits);
    if (isTrack) {
      findings.push({ range: [index, end + 8], numbers: known.length > 0 ? known : [[index, end]], width: 1 });
    } else {
      const ranges: readonly Range[] = isGuessed ? [[index, end]] : known;
      for (const range of ranges) findings.push({ range, numbers: [range], width: 1 });
    }
  }
  for (const { text, start } of textRuns(hex)) {
    const found: readonly Range[] = guess && looksLikeCardNumber(text) ? [[0, text.length]] : find(text);
    for (const [from, to] of found) {
      const range: Range = [start + from * 2, start + to * 2];
      findings.push({ range, numbers: [range], width: 2 });
    }
  }
  return findings;
}

/** The digits of its numbers that a mask covers (see `maskDigits`). */
const middlesOf = ({ numbers, width }: Finding): Range[] =>
  numbers.map(([from, to]) => {
    const isShort = to - from < LENGTH_MIN * width;
    return isShort ? [from, to] : [from + 6 * width, to - 4 * width];
  });

/** Separator, expiry and service code. */
const TRACK_REST = /^D\d{7}$/;
const PACKED_TEXT = /^(?:3\d)+$/;

function hide(hex: string, ranges: readonly Range[]): string {
  const digits = [...hex];
  for (const [from, to] of ranges) digits.fill('*', from, to);
  return digits.join('');
}

/** Runs of at least eight digits that stand as text, one byte each. */
function* textRuns(hex: string): Generator<{ readonly text: string; readonly start: number }> {
  let text = '';
  for (let index = 0; index <= hex.length; index += 2) {
    const digit = hex[index] === '3' && hex[index + 1]! >= '0' && hex[index + 1]! <= '9' ? hex[index + 1]! : '';
    if (digit !== '') text += digit;
    else {
      if (text.length >= PREFIX_LENGTH) yield { text, start: index - text.length * 2 };
      text = '';
    }
  }
}

/** A whole run of digits of the length of card numbers whose check digit is right. */
const looksLikeCardNumber = (digits: string): boolean =>
  digits.length >= LENGTH_MIN && digits.length <= LENGTH_MAX && /^[2-9]\d*$/.test(digits) && hasRightCheckDigit(digits);
