import {
  type Chain,
  createCardNumbers,
  type DataMap,
  type ExplainOptions,
  maskDigits,
  toHex,
} from '../../../emv/index.js';

/** A card number and nothing else, filled up with F. */
const NUMBER_ALONE = /^(\d{8,})(F*)$/;

/** Bytes as hex, without the card numbers that a chain knows of. */
export type Show = (bytes: Uint8Array) => string;

/**
 * How the bytes of a chain are to be shown: in full, or with each card number masked, those of the card's data, those in
 * its certificates and those of the conversation around it, wherever they stand.
 */
export function showerOf({ links }: Chain, data: DataMap, { showPan, session }: ExplainOptions): Show {
  if (showPan) return toHex;
  const held = links.flatMap(({ fields }) => fields.filter(({ field }) => field === 'applicationPan'));
  const numbers = [
    ...[data.get('5A'), data.get('57')],
    ...held.flatMap(({ value, expected, found }) => [value, expected, found]),
  ].flatMap((bytes) => (bytes instanceof Uint8Array ? (/^\d{8,}/.exec(toHex(bytes)) ?? []) : []));
  const redactors = [...(session ? [session.cardNumbers] : []), createCardNumbers(numbers)];
  return (bytes) => {
    const hex = toHex(bytes);
    const [, digits, filling = ''] = NUMBER_ALONE.exec(hex) ?? [];
    if (digits !== undefined && numbers.includes(digits)) return maskDigits(digits) + filling;
    return redactors.reduce((shown, cardNumbers) => cardNumbers.redact(shown, { knownOnly: true }), hex);
  };
}
