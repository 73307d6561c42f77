import { toHex } from '../bytes.js';
import type { Language } from '../values/index.js';
import tables from './data/answer-to-reset.json';
import { describeValue } from './describe-value.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { nameOf } from './lists.js';
import { readStorageCard } from './storage-card.js';
import { readText } from './text.js';

const COMPACT = 0x80;
const STATUS_AT_THE_END = 0x00;
const STATUS_LENGTH = 3;

/** The historical bytes by their category (ISO/IEC 7816-4 §12.1.1); `undefined` where they are the maker's own. */
export function explainHistoricalBytes(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  const category = bytes[0];
  if (category !== COMPACT && category !== STATUS_AT_THE_END) return undefined;
  const storage = readStorageCard(bytes);
  if (storage !== undefined) return [categoryPart(bytes, options), initialAccessData(bytes.subarray(3), options)];
  const end = category === COMPACT ? bytes.length : Math.max(1, bytes.length - STATUS_LENGTH);
  const objects = readCompactObjects(bytes.subarray(1, end), options);
  if (objects === undefined) return undefined;
  const status = end === bytes.length ? [] : [compactObject(8, bytes.subarray(end), options)];
  return [categoryPart(bytes, options), ...objects, ...status];
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** Text or the meaning of the category, for the line of the bytes as a whole. Makers write ASCII: the rest is chance. */
export function describeHistoricalBytes(bytes: Uint8Array, language: Language): string | undefined {
  return (
    (isAscii(bytes) ? readText(bytes) : undefined) ?? (bytes[0] === 0x10 ? categoryWords('10', language) : undefined)
  );
}

const categoryWords = (hex: string, language: Language): string | undefined =>
  (tables.categories as Readonly<Record<string, readonly string[]>>)[hex]?.[language === 'zh' ? 1 : 0];

function categoryPart(bytes: Uint8Array, { language = 'en' }: ExplainOptions): ExplainedObject {
  const value = toHex(bytes.subarray(0, 1));
  const { name, nameZh } = tables.names.CAT;
  return { tag: 'CAT', name: language === 'zh' ? nameZh : name, value, meaning: categoryWords(value, language)! };
}

function initialAccessData(bytes: Uint8Array, { language = 'en' }: ExplainOptions): ExplainedObject {
  return { tag: '4F', name: nameOf('4F', language), value: toHex(bytes), meaning: 'PC/SC' };
}

function readCompactObjects(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  const objects: ExplainedObject[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const length = bytes[offset]! & 0x0f;
    const value = bytes.subarray(offset + 1, offset + 1 + length);
    if (value.length < length) return undefined;
    objects.push(compactObject(bytes[offset]! >> 4, value, options));
    offset += 1 + length;
  }
  return objects;
}

/** A tag of four bits stands for the interindustry tag 4x. */
function compactObject(number: number, value: Uint8Array, options: ExplainOptions): ExplainedObject {
  const tag = `4${number.toString(16).toUpperCase()}`;
  const language = options.language ?? 'en';
  return {
    tag,
    name: nameOf(tag, language),
    value: toHex(value),
    ...describeValue(tag, value, options),
  };
}
