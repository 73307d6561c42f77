import { decodeBinary, decodeNumeric, toHex } from '../bytes.js';
import { maskDigits } from '../card-number.js';
import type { Language } from '../values/index.js';
import { readDate, readInstant } from './dates.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { readCountry } from './money.js';
import { shownHex } from './shown-hex.js';
import { readText } from './text.js';

export interface LayoutField {
  /** In bytes; `rest` is what is left. */
  readonly length: number | 'rest';
  readonly name: string;
  readonly nameZh: string;
  /** `number` is binary, `numeric` format n, `amount` binary fen. */
  readonly kind:
    | 'number'
    | 'numeric'
    | 'amount'
    | 'date'
    | 'instant'
    | 'country'
    | 'code'
    | 'text'
    | 'cardNumber'
    | 'bytes';
  readonly codes?: Readonly<Record<string, readonly string[]>>;
  /** A cardholder's own: hidden like a card number. */
  readonly isPersonal?: boolean;
}

/** How bytes without tags are laid out. */
export interface Layout {
  readonly fields: readonly LayoutField[];
}

interface PlacedField {
  readonly field: LayoutField;
  readonly value: Uint8Array;
  readonly from: number;
}

/** The fields with their bytes; `undefined` where the bytes are too few or too many. */
function place(bytes: Uint8Array, { fields }: Layout): PlacedField[] | undefined {
  let offset = 0;
  const placed = fields.map((field) => {
    const from = offset;
    offset = field.length === 'rest' ? Math.max(offset, bytes.length) : offset + field.length;
    return { field, value: bytes.subarray(from, offset), from };
  });
  return offset === bytes.length ? placed.filter(({ value }) => value.length > 0) : undefined;
}

/** Each field under its place, `1-2`; `undefined` where the layout does not fit. */
export function explainLayout(
  bytes: Uint8Array,
  layout: Layout,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const language = options.language ?? 'en';
  return place(bytes, layout)?.map(({ field, value, from }) => {
    const meaning = field.isPersonal && !options.showPan ? undefined : describe(field, value, language);
    const last = from + value.length;
    return {
      tag: value.length === 1 ? `${last}` : `${from + 1}-${last}`,
      name: language === 'zh' ? field.nameZh : field.name,
      value: shown(field, value, options),
      ...(meaning !== undefined && { meaning }),
    };
  });
}

/** Card numbers in it, in digits. */
export const cardNumbersOfLayout = (bytes: Uint8Array, layout: Layout): string[] =>
  (place(bytes, layout) ?? []).flatMap(({ field, value }) => (field.kind === 'cardNumber' ? digitsOf(value) : []));

const digitsOf = (value: Uint8Array): string[] => {
  const digits = /^0*(\d*)/.exec(toHex(value))?.[1] ?? '';
  return digits === '' ? [] : [digits];
};

/** Hex that begins with such bytes, without a cardholder's own data. */
export function hidePersonal(hex: string, bytes: Uint8Array, layout: Layout): string {
  const personal = (place(bytes, layout) ?? []).filter(({ field }) => field.isPersonal);
  return personal.reduce(
    (text, { from, value }) => text.slice(0, from * 2) + hidden(value) + text.slice((from + value.length) * 2),
    hex,
  );
}

const hidden = (value: Uint8Array): string => '*'.repeat(value.length * 2);

function shown({ kind, isPersonal }: LayoutField, value: Uint8Array, options: ExplainOptions): string {
  if (!options.showPan && isPersonal) return hidden(value);
  return !options.showPan && kind === 'cardNumber' ? maskDigits(toHex(value)) : shownHex(value, options);
}

function describe({ kind, codes }: LayoutField, value: Uint8Array, language: Language): string | undefined {
  switch (kind) {
    case 'number':
      return `${decodeBinary(value)}`;
    case 'numeric':
      return decodeNumeric(value)?.toString();
    case 'amount':
      return `${(decodeBinary(value) / 100).toFixed(2)} CNY`;
    case 'date':
      return readDate(value, 4);
    case 'instant':
      return readInstant(value);
    case 'country':
      return readCountry(value.subarray(-2), language);
    case 'code':
      return codes?.[toHex(value)]?.[language === 'zh' ? 1 : 0];
    case 'text':
      return readText(value);
    default:
      return undefined;
  }
}
