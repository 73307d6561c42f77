import { decodeBinary } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';

const LENGTH = 4;

/** The terminal's floor limit (9F1B, format b); `undefined` where it has none, or none of 4 bytes. */
export function floorLimit(data: DataMap): number | undefined {
  const value = data.get('9F1B');
  return value?.length === LENGTH ? decodeBinary(value) : undefined;
}
