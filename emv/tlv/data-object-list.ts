import { concat } from '../bytes.js';
import { lookUpTag } from '../tags/index.js';
import type { DataMap } from './data-object.js';
import { isConstructedTag, readTag } from './tag.js';
import { TlvError } from './tlv-error.js';

/** One entry of a data object list: a tag and the number of bytes wanted of it. */
export interface DataObjectListEntry {
  readonly tag: string;
  readonly length: number;
}

/**
 * The entries of a DOL (PDOL, CDOL, DDOL, TDOL, log format): tags, each with a length of one byte
 * (EMV 4.3 Book 3 §5.4). Throws {@link TlvError}.
 */
export function decodeDataObjectList(bytes: Uint8Array): DataObjectListEntry[] {
  const entries: DataObjectListEntry[] = [];
  let position = 0;
  while (position < bytes.length) {
    if (bytes[position] === 0) throw new TlvError('tag-invalid', position, '00');
    const tag = readTag(bytes, position, bytes.length);
    position += tag.length >> 1;
    if (position >= bytes.length) throw new TlvError('length-truncated', position, tag);
    entries.push({ tag, length: bytes[position]! });
    position++;
  }
  return entries;
}

/**
 * The command data that a DOL asks for: the values one after the other, without tags and lengths
 * (EMV 4.3 Book 3 §5.4). A value too long loses bytes, one too short gains them: format n on the left (zeros), cn on
 * the right (FF), all others on the right (zeros). What is absent or constructed is zeros. Throws {@link TlvError}
 * for a malformed DOL.
 *
 * @example buildDataObjectList(fromHex('9F0206'), new Map([['9F02', fromHex('0200')]]))  // 000000000200
 */
export function buildDataObjectList(dataObjectList: Uint8Array, data: Pick<DataMap, 'get'>): Uint8Array {
  return concat(...decodeDataObjectList(dataObjectList).map(({ tag, length }) => justify(tag, data.get(tag), length)));
}

/**
 * The other way round: the values that stand in command data or a log record, by tag, and what stands behind them.
 * `undefined` where the bytes end before the list does. Throws {@link TlvError} for a malformed DOL.
 */
export function valuesByDataObjectList(
  dataObjectList: Uint8Array,
  bytes: Uint8Array,
): { readonly values: DataMap; readonly rest: Uint8Array } | undefined {
  const values = new Map<string, Uint8Array>();
  let offset = 0;
  for (const { tag, length } of decodeDataObjectList(dataObjectList)) {
    values.set(tag, bytes.subarray(offset, offset + length));
    offset += length;
  }
  return offset > bytes.length ? undefined : { values, rest: bytes.subarray(offset) };
}

function justify(tag: string, value: Uint8Array | undefined, length: number): Uint8Array {
  if (value === undefined || isConstructedTag(tag)) return new Uint8Array(length);
  if (value.length === length) return value;
  const format = lookUpTag(tag)?.format;
  if (value.length > length) return format === 'n' ? value.subarray(value.length - length) : value.subarray(0, length);
  const fitted = new Uint8Array(length).fill(format === 'cn' ? 0xff : 0);
  fitted.set(value, format === 'n' ? length - value.length : 0);
  return fitted;
}
