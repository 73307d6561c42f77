import { type Chain, type ChainInput, createCardNumbers, maskDigits, toHex } from '../../../emv/index.js';

/** A card number and nothing else, filled up with F. */
const NUMBER_ALONE = /^(\d{8,})(F*)$/;

/** Bytes as hex, without the card numbers that a chain knows of. */
export type Show = (bytes: Uint8Array) => string;

/**
 * How the bytes of a chain are to be shown: in full, or with each card number masked, those of the card and those in
 * its certificates, wherever they stand.
 */
export function showerOf({ links }: Chain, { data }: ChainInput, showPan: boolean): Show {
  if (showPan) return toHex;
  const held = links.flatMap(({ fields }) => fields.filter(({ field }) => field === 'applicationPan'));
  const numbers = [data.get('5A'), data.get('57'), ...held.flatMap(({ value, expected }) => [value, expected])].flatMap(
    (bytes) => (bytes instanceof Uint8Array ? (/^\d{8,}/.exec(toHex(bytes)) ?? []) : []),
  );
  const cardNumbers = createCardNumbers(numbers);
  return (bytes) => {
    const hex = toHex(bytes);
    const [, digits, filling = ''] = NUMBER_ALONE.exec(hex) ?? [];
    const isNumber = digits !== undefined && numbers.includes(digits);
    return isNumber ? maskDigits(digits) + filling : cardNumbers.redact(hex, { knownOnly: true });
  };
}
