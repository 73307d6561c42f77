import { toHex } from '../bytes.js';
import {
  type Language,
  readCappRecord,
  type TradeField,
  type TradeLayout,
  tradeFields,
  tradeRecordLength,
  ValueError,
} from '../values/index.js';
import words from './data/capp-parts.json';
import { readDate, readTime } from './dates.js';
import { hexWithoutNumbers } from './explain-bytes.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';

type PartName = keyof typeof words.parts;

/** A part of a command or an answer of part 14. */
export function cappPart(tag: PartName, bytes: Uint8Array, options: ExplainOptions, meaning?: string): ExplainedObject {
  const { name, nameZh } = words.parts[tag];
  return {
    tag,
    name: options.language === 'zh' ? nameZh : name,
    value: options.showPan ? toHex(bytes) : hexWithoutNumbers(bytes, options),
    ...(meaning !== undefined && { meaning }),
  };
}

/** The trade that a file belongs to (JR/T 0025.14-2013 annex C). */
export const tradeOfFile = (file: number, language: Language): string | undefined =>
  wordOf(words.trades, `${file}`, language);

const wordOf = (table: Readonly<Record<string, readonly string[]>>, key: string, language: Language) =>
  table[key]?.[language === 'zh' ? 1 : 0];

/** A record of a variable CAPP file field by field, or as it stands where it is none (JR/T 0025.14-2013 B.1). */
export function explainCappRecord(bytes: Uint8Array, file: number, options: ExplainOptions): ExplainedObject {
  const language = options.language ?? 'en';
  const yes = (is: boolean): string => (language === 'zh' ? (is ? '是' : '否') : is ? 'yes' : 'no');
  try {
    const { kind, valid, locked, data } = readCappRecord(bytes);
    const { name, nameZh } = words.parts.RECORD;
    return {
      tag: 'RECORD',
      name: language === 'zh' ? nameZh : name,
      children: [
        cappPart('ID', bytes.subarray(0, 2), options),
        cappPart('VALID', bytes.subarray(3, 4), options, yes(valid)),
        cappPart('KIND', bytes.subarray(4, 5), options, wordOf(words.kinds, `${kind}`, language)),
        cappPart('LOCKED', bytes.subarray(5, 6), options, yes(locked)),
        ...(data.length === 0 ? [] : [explainTrade(data, file, options)]),
      ],
    };
  } catch (error) {
    if (error instanceof ValueError) return cappPart('RECORD', bytes, options);
    throw error;
  }
}

/** The layouts are Yongtap's own: a trade whose data have another length has another one. */
function explainTrade(data: Uint8Array, file: number, options: ExplainOptions): ExplainedObject {
  const layout = (words.layouts as Readonly<Record<string, TradeLayout>>)[`${file}`];
  if (layout === undefined || data.length !== tradeRecordLength(layout)) return cappPart('TRADE', data, options);
  const { name, nameZh } = words.parts.TRADE;
  let offset = 0;
  const children = tradeFields(layout).map((field) => {
    const from = offset;
    offset += field.length;
    return explainTradeField(
      field,
      data.subarray(from, offset),
      field.length === 1 ? `${offset}` : `${from + 1}-${offset}`,
      options,
    );
  });
  return { tag: 'TRADE', name: options.language === 'zh' ? nameZh : name, children };
}

function explainTradeField(
  field: TradeField,
  bytes: Uint8Array,
  place: string,
  options: ExplainOptions,
): ExplainedObject {
  const digits = toHex(bytes);
  const meaning = {
    n: () => (/^\d+$/.test(digits) ? `${Number(digits)}` : undefined),
    b: () => `${Number.parseInt(digits, 16)}`,
    time: () =>
      /^0*$/.test(digits)
        ? undefined
        : [readDate(bytes.subarray(0, 4), 4), readTime(bytes.subarray(4))].filter(Boolean).join(' '),
    code: () => undefined,
  }[field.format]();
  return {
    tag: place,
    name: options.language === 'zh' ? field.nameZh : inWords(field.name),
    value: options.showPan ? digits : hexWithoutNumbers(bytes, options),
    ...(meaning && { meaning }),
  };
}

/** `entryTime` is `Entry time`. */
const inWords = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

const MAC_LENGTH = 4;
const KEY_LENGTH = 16;
const IDENTIFIER_LENGTH = 2;

/** The data of READ CAPP DATA, UPDATE CAPP DATA CACHE, APPEND RECORD and GET TRANS PROVE (JR/T 0025.14-2013 annex A). */
export function explainCappCommandData(
  instruction: number,
  file: number,
  data: Uint8Array,
  options: ExplainOptions,
): ExplainedObject[] {
  switch (instruction) {
    case 0xb4: {
      const [id, random] = [data.subarray(0, IDENTIFIER_LENGTH), data.subarray(IDENTIFIER_LENGTH)];
      return [cappPart('ID', id, options), ...(random.length === 0 ? [] : [cappPart('RANDOM', random, options)])];
    }
    case 0xde:
      return [
        explainCappRecord(data.subarray(0, -MAC_LENGTH), file, options),
        cappPart('MAC', data.subarray(-MAC_LENGTH), options),
      ];
    case 0xe2:
      return [
        cappPart('KEY', data.subarray(0, KEY_LENGTH), options),
        explainCappRecord(data.subarray(KEY_LENGTH, -MAC_LENGTH), file, options),
        cappPart('MAC', data.subarray(-MAC_LENGTH), options),
      ];
    default:
      return [cappPart('ATC', data, options, `${Number.parseInt(toHex(data), 16)}`)];
  }
}

/** What such a command is answered with; `hasMac` where the command carried a random number. */
export function explainCappAnswer(
  instruction: number,
  file: number,
  data: Uint8Array,
  hasMac: boolean,
  options: ExplainOptions,
): ExplainedObject[] {
  if (data.length === 0) return [];
  if (instruction === 0xde) return [cappPart('MAC', data, options)];
  if (instruction === 0x5a) return [cappPart('TC', data, options)];
  if (!hasMac) return [explainCappRecord(data, file, options)];
  return [
    explainCappRecord(data.subarray(0, -MAC_LENGTH), file, options),
    cappPart('MAC', data.subarray(-MAC_LENGTH), options),
  ];
}
