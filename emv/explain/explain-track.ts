import { maskDigits } from '../card-number.js';
import { decodeTrack } from '../values/index.js';
import { readServiceCode } from './codes.js';
import { readMonth } from './dates.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { type PartTag, part } from './part.js';

/**
 * Track 1 or 2 as text, or track 2 as it is packed in hex, field by field. Unless `showPan`, the card number is masked
 * and the discretionary data, which may repeat it, are hidden. Throws `TrackError`.
 *
 * @example explainTrack(';6228000100001117=25122010000?')[0]?.value  // '622800******1117'
 */
export function explainTrack(text: string, options: ExplainOptions = {}): ExplainedObject[] {
  const { cardNumber, cardholderName, expiry, serviceCode, discretionaryData } = decodeTrack(text);
  const field = (tag: PartTag, value: string, meaning?: string) => part(tag, value, options, meaning);
  const hidden = options.showPan ? discretionaryData : '*'.repeat(discretionaryData.length);
  return [
    field('PAN', options.showPan ? cardNumber : maskDigits(cardNumber)),
    ...(cardholderName === undefined
      ? []
      : [field('NAME', options.showPan ? cardholderName : withoutNumbers(cardholderName))]),
    field('EXPIRY', expiry, readMonth(expiry)),
    field('SERVICE', serviceCode, readServiceCode(serviceCode, options.language ?? 'en')),
    ...(discretionaryData === '' ? [] : [field('DISCRETIONARY', hidden)]),
  ];
}

const withoutNumbers = (text: string): string => text.replace(/\d{8,}/g, (digits) => '*'.repeat(digits.length));
