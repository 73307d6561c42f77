import { type Command, instructions } from '../apdu/index.js';
import { decodeBinary } from '../bytes.js';
import {
  cappRecordKinds,
  type Language,
  readCappRecord,
  type TradeLayout,
  tradeFields,
  ValueError,
} from '../values/index.js';
import words from './data/capp-words.json';
import { explainLayout, type Layout, type LayoutField } from './explain-layout.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { part, partHead } from './part.js';

/** The trade that a file belongs to (JR/T 0025.14-2013 annex C). */
export const tradeOfFile = (file: number, language: Language): string | undefined =>
  wordOf(words.trades, `${file}`, language);

const wordOf = (table: Readonly<Record<string, readonly string[]>>, key: string, language: Language) =>
  table[key]?.[language === 'zh' ? 1 : 0];

/** A record of a variable CAPP file field by field, or as it stands where it is none (JR/T 0025.14-2013 B.1). */
function explainCappRecord(bytes: Uint8Array, file: number, options: ExplainOptions): ExplainedObject {
  const language = options.language ?? 'en';
  const yes = (is: boolean): string => (language === 'zh' ? (is ? '是' : '否') : is ? 'yes' : 'no');
  try {
    const { kind, valid, locked, data } = readCappRecord(bytes);
    return {
      ...partHead('RECORD', options),
      children: [
        part('ID', bytes.subarray(0, 2), options),
        part('VALID', bytes.subarray(3, 4), options, yes(valid)),
        part('KIND', bytes.subarray(4, 5), options, wordOf(words.kinds, `${kind}`, language)),
        part('LOCKED', bytes.subarray(5, 6), options, yes(locked)),
        ...(data.length === 0 ? [] : [explainTrade(data, kind, file, options)]),
      ],
    };
  } catch (error) {
    if (error instanceof ValueError) return part('RECORD', bytes, options);
    throw error;
  }
}

/**
 * The layouts are Yongtap's own: a trade whose data have another length has another one. What freezes amounts has its
 * own in whatever file it stands.
 */
function explainTrade(data: Uint8Array, kind: number, file: number, options: ExplainOptions): ExplainedObject {
  const ofFile = (words.layouts as Readonly<Record<string, TradeLayout>>)[`${file}`];
  const layout = kind === cappRecordKinds.preAuthorization ? 'preAuthorization' : ofFile;
  const children = layout && explainLayout(data, layoutOf(layout), options);
  return children === undefined ? part('TRADE', data, options) : { ...partHead('TRADE', options), children };
}

const kinds = { n: 'numeric', b: 'number', time: 'instant', code: 'bytes' } as const;

const layoutOf = (layout: TradeLayout): Layout => ({
  fields: tradeFields(layout).map(
    ({ length, name, nameZh, format }): LayoutField => ({ length, name: inWords(name), nameZh, kind: kinds[format] }),
  ),
});

/** `entryTime` is `Entry time`. */
const inWords = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

const MAC_LENGTH = 4;
const KEY_LENGTH = 16;
const IDENTIFIER_LENGTH = 2;

const fileOf = ({ p2 }: Command): number => p2 >> 3;

function explainProtected(bytes: Uint8Array, command: Command, options: ExplainOptions): ExplainedObject[] {
  return [
    explainCappRecord(bytes.subarray(0, -MAC_LENGTH), fileOf(command), options),
    part('MAC', bytes.subarray(-MAC_LENGTH), options),
  ];
}

/** The data of READ CAPP DATA, UPDATE CAPP DATA CACHE, APPEND RECORD and GET TRANS PROVE (JR/T 0025.14-2013 annex A). */
export function explainCappCommandData(command: Command, data: Uint8Array, options: ExplainOptions): ExplainedObject[] {
  switch (command.ins) {
    case instructions.readCappData: {
      const [id, random] = [data.subarray(0, IDENTIFIER_LENGTH), data.subarray(IDENTIFIER_LENGTH)];
      return [part('ID', id, options), ...(random.length === 0 ? [] : [part('RANDOM', random, options)])];
    }
    case instructions.updateCappDataCache:
      return explainProtected(data, command, options);
    case instructions.appendRecord:
      return [
        part('KEY', data.subarray(0, KEY_LENGTH), options),
        ...explainProtected(data.subarray(KEY_LENGTH), command, options),
      ];
    default:
      return [part('ATC', data, options, `${decodeBinary(data)}`)];
  }
}

/** What such a command is answered with; a READ CAPP DATA that carried a random number has a MAC behind the record. */
export function explainCappAnswer(command: Command, data: Uint8Array, options: ExplainOptions): ExplainedObject[] {
  if (data.length === 0) return [];
  if (command.ins === instructions.updateCappDataCache) return [part('MAC', data, options)];
  if (command.ins === instructions.getTransProve) return [part('TC', data, options)];
  const isProtected = (command.data?.length ?? 0) > IDENTIFIER_LENGTH;
  return isProtected ? explainProtected(data, command, options) : [explainCappRecord(data, fileOf(command), options)];
}
