import { decodeNumeric, toAscii, toHex } from '../bytes.js';
import type { Language } from '../values/index.js';
import { maskDigits } from './card-number.js';
import files from './data/transport-card-files.json';
import { readDate } from './dates.js';

/** A file of the China transport card (JT/T 978.2-2015), as validators read it. */
export interface TransportCardFile {
  /** Short file identifier, in hex. */
  readonly sfi: string;
  readonly name: string;
  readonly nameZh: string;
  readonly structure: 'transparent' | 'linear' | 'cyclic';
  /** Bytes of the file, or of a record. */
  readonly length: number;
  readonly source: string;
  readonly parts: readonly TransportCardFilePart[];
}

interface TransportCardFilePart {
  readonly length: number;
  readonly format?: keyof typeof readers;
  readonly name: string;
  readonly nameZh: string;
}

export interface ExplainedFilePart {
  readonly name: string;
  readonly offset: number;
  /** What the part says, or its upper-case hex; a card number and a cardholder's data masked. */
  readonly value: string;
}

type Reader = (bytes: Uint8Array, language: Language, showPan: boolean) => string | undefined;

const STATUS: Readonly<Record<string, readonly [string, string]>> = {
  '01': ['entry', '进站'],
  '02': ['exit', '出站'],
  '03': ['entry', '进站'],
  '04': ['exit', '出站'],
  '06': ['purchase', '消费'],
};

/** PBOC's types of purse transactions. */
const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  '02': ['load', '圈存'],
  '06': ['purchase', '消费'],
  '09': ['compound purchase', '复合消费'],
};

const number = (bytes: Uint8Array): number => Number.parseInt(toHex(bytes), 16);
const worded =
  (words: Readonly<Record<string, readonly [string, string]>>): Reader =>
  (bytes, language) =>
    words[toHex(bytes)]?.[language === 'zh' ? 1 : 0];
const readClock = (bytes: Uint8Array): string | undefined =>
  decodeNumeric(bytes) === undefined ? undefined : toHex(bytes).match(/../g)!.join(':');

const readers = {
  b: (bytes) => `${number(bytes)}`,
  money: (bytes) => (number(bytes) / 100).toFixed(2),
  date: (bytes) => readDate(bytes, 4),
  time: readClock,
  moment: (bytes) => {
    const [date, clock] = [readDate(bytes.subarray(0, 4), 4), readClock(bytes.subarray(4))];
    return date === undefined || clock === undefined ? undefined : `${date} ${clock}`;
  },
  status: worded(STATUS),
  type: worded(TYPES),
  cardNumber: (bytes, _, showPan) => {
    const digits = toHex(bytes).replace(/^0+|F+$/g, '');
    return showPan ? digits : maskDigits(digits);
  },
  secret: (bytes, _, showPan) => (showPan ? toAscii(bytes).trim() : '*'.repeat(bytes.length)),
} satisfies Record<string, Reader>;

export const transportCardFiles = files as readonly TransportCardFile[];

/**
 * The parts of a file, or of one record, of the China transport card; none for another file or another length. Card
 * number and cardholder are masked unless `showPan`.
 *
 * @param sfi Short file identifier in hex, `'15'` or `'1E'`.
 */
export function explainTransportCardFile(
  sfi: string,
  bytes: Uint8Array,
  { language = 'en', showPan = false }: { readonly language?: Language; readonly showPan?: boolean } = {},
): ExplainedFilePart[] {
  const file = transportCardFiles.find((candidate) => candidate.sfi === sfi && candidate.length === bytes.length);
  let offset = 0;
  return (file?.parts ?? []).map(({ length, format, name, nameZh }) => {
    const part = bytes.subarray(offset, offset + length);
    const reader: Reader | undefined = format && readers[format];
    const explained = {
      name: language === 'zh' ? nameZh : name,
      offset,
      value: reader?.(part, language, showPan) ?? toHex(part),
    };
    offset += length;
    return explained;
  });
}
