import { lookUpTag } from '../../../../../emv/index.js';

const HEX = /^([0-9A-Fa-f]{2})+$/;
/** What a word beside a value says of a time that is not the beginning. */
const LATER = /\bafter\b|\bthen\b/i;

/** Bytes of a data object, where its length is fixed. */
export function lengthOfTag(tag: string): number | undefined {
  const length = Number(lookUpTag(tag)?.length);
  return Number.isInteger(length) && length > 0 ? length : undefined;
}

/**
 * The value that a text gives, in upper-case hex: the text itself, or the only word in it that is as long as the tag's
 * values are ("000000010000 (limit)", "second currency (e.g. 0344)").
 */
export function hexIn(tag: string, text: string): string | undefined {
  if (HEX.test(text)) return text.toUpperCase();
  const length = lengthOfTag(tag);
  if (length === undefined || LATER.test(text)) return undefined;
  const words = text
    .split(/[^0-9A-Za-z]+/)
    .filter((word) => HEX.test(word) && /\d/.test(word) && word.length === length * 2);
  return words.length === 1 ? words[0]!.toUpperCase() : undefined;
}

/** A number as the tag's format writes it: digits, or binary. */
export function numberIn(tag: string, value: number): string {
  const digits = (lengthOfTag(tag) ?? 1) * 2;
  return value.toString(lookUpTag(tag)?.format === 'n' ? 10 : 16).padStart(digits, '0');
}
