import { concat, fromHex, HexError, toAscii, toHex } from '../../bytes.js';
import { type DataMap, decode, TlvError } from '../../tlv/index.js';
import { fieldNameOf } from './field-name.js';
import type { EntryFields, RawEntry } from './imported-keys.js';
import { readSm2Authority } from './read-sm2-authority.js';

/** YYYYMMDD as characters. */
const DATE_AS_TEXT = 8;
/** The form in which an authority hands out an SM2 key, as data objects: format, service, MMYY, curve, signature. */
const authorityTags = ['DF36', '9F06', '9F22', 'DF37', 'DF07', 'DF38'];

export const isTlvText = (text: string): boolean => /^\s*(9F06|DF35)[0-9A-F\s]*$/i.test(text);

export function readTlv(text: string, place: string): RawEntry[] {
  try {
    return objectsOf(fromHex(text.replace(/\s/g, ''))).map((objects, index, all) =>
      entryOf(objects, all.length === 1 ? place : `${place}, key ${index + 1}`),
    );
  } catch (error) {
    if (error instanceof HexError || error instanceof TlvError) {
      return [{ place, fields: {}, fault: 'key-entry-unreadable' }];
    }
    throw error;
  }
}

/** One map a key: another one begins where a tag comes again. */
function objectsOf(bytes: Uint8Array): DataMap[] {
  const keys: Map<string, Uint8Array>[] = [];
  for (const { tag, value } of decode(bytes)) {
    if (keys.length === 0 || keys.at(-1)!.has(tag)) keys.push(new Map());
    keys.at(-1)!.set(tag, value);
  }
  return keys;
}

/**
 * UnionPay's parameter download to terminals: RID, index, last day, hash and key algorithm, modulus or point, exponent
 * and check value, one key after another (9F06 begins each).
 */
function entryOf(objects: DataMap, place: string): RawEntry {
  if (objects.has('DF35')) return authorityEntry(objects, place);
  const fields: EntryFields = {};
  for (const [tag, value] of objects) {
    const field = fieldNameOf(tag);
    if (field === undefined || value.length === 0) continue;
    fields[field] = field === 'expires' && value.length === DATE_AS_TEXT ? toAscii(value) : toHex(value);
  }
  return { place, fields };
}

function authorityEntry(objects: DataMap, place: string): RawEntry {
  const point = objects.get('DF02') ?? new Uint8Array(0);
  const head = authorityTags.map((tag) => objects.get(tag) ?? new Uint8Array(0));
  const body = concat(objects.get('DF35')!, ...head, Uint8Array.of(point.length), point);
  return readSm2Authority(concat(body, objects.get('DF39') ?? new Uint8Array(0)), place);
}
