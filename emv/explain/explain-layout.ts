import { toHex } from '../bytes.js';
import type { Language } from '../values/index.js';
import { maskDigits } from './card-number.js';
import layouts from './data/file-layouts.json';
import { readDate, readTime } from './dates.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { readCountry } from './money.js';

interface LayoutField {
  /** In bytes; `rest` is what is left. */
  readonly length: number | string;
  readonly name: string;
  readonly nameZh: string;
  readonly kind: string;
  readonly codes?: Readonly<Record<string, readonly string[]>>;
}

/** Where bytes without tags stand: which application, command and file, or the data object that holds them. */
export interface Layout {
  readonly name: string;
  /** Beginnings of application identifiers. */
  readonly applications: readonly string[];
  readonly instruction: string;
  readonly file?: number;
  readonly tag?: string;
  readonly fields: readonly LayoutField[];
}

const known = layouts as readonly Layout[];

/** The layout of what an application answers to an instruction, about a file where it names one. */
export function findLayout(application: string, instruction: number, file?: number): Layout | undefined {
  const hex = toHex(Uint8Array.of(instruction));
  return known.find((layout) => layout.instruction === hex && layout.file === file && isOf(layout, application));
}

/** The layout of a data object of an application. */
export const findTagLayout = (application: string, tag: string): Layout | undefined =>
  known.find((layout) => layout.tag === tag && isOf(layout, application));

const isOf = ({ applications }: Layout, application: string): boolean =>
  applications.some((beginning) => application.startsWith(beginning));

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
    offset = typeof field.length === 'number' ? offset + field.length : Math.max(offset, bytes.length);
    return { field, value: bytes.subarray(from, offset), from };
  });
  if (offset !== bytes.length) return undefined;
  return placed.filter(({ value }) => value.length > 0);
}

/** Each field under its place, `1-2`; `undefined` where the layout does not fit. */
export function explainLayout(
  bytes: Uint8Array,
  layout: Layout,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const language = options.language ?? 'en';
  return place(bytes, layout)?.map(({ field, value, from }) => {
    const meaning = describe(field, value, language);
    const last = from + value.length;
    return {
      tag: last - from === 1 ? `${last}` : `${from + 1}-${last}`,
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

function shown({ kind }: LayoutField, value: Uint8Array, { showPan, session }: ExplainOptions): string {
  const hex = toHex(value);
  if (showPan) return hex;
  if (kind === 'cardNumber') return maskDigits(hex);
  return session?.cardNumbers.redact(hex) ?? hex;
}

function describe({ kind, codes }: LayoutField, value: Uint8Array, language: Language): string | undefined {
  switch (kind) {
    case 'number':
      return `${numberOf(value)}`;
    case 'amount':
      return `${(numberOf(value) / 100).toFixed(2)} CNY`;
    case 'date':
      return readDate(value, 4);
    case 'instant':
      return [readDate(value.subarray(0, 4), 4), readTime(value.subarray(4))].join(' ').trim() || undefined;
    case 'country':
      return readCountry(value.subarray(-2), language);
    case 'code':
      return codes?.[toHex(value)]?.[language === 'zh' ? 1 : 0];
    default:
      return undefined;
  }
}

const numberOf = (value: Uint8Array): number => Number.parseInt(toHex(value), 16);
