import type { DataMap } from '../../tlv/index.js';

const LENGTH = 4;

/** 9F1B as a number; `undefined` where the terminal has none. */
export function floorLimit(data: DataMap): number | undefined {
  const value = data.get('9F1B');
  return value?.length === LENGTH ? new DataView(value.buffer, value.byteOffset, LENGTH).getUint32(0) : undefined;
}
