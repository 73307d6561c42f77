import { toHex } from '../../../../emv/bytes.js';

/** A data grouping of a personalization file: an identifier of two bytes and its data (EMV CPS 1.1, JR/T 0025.10-2013). */
export interface DataGrouping {
  /** DGI, four digits of upper-case hex. Below 1F00 the first byte is a short file identifier, the second a record. */
  readonly identifier: string;
  readonly name: string;
  readonly data: Uint8Array;
  /** Data objects in BER-TLV, a plain list of bytes, or something that a reader of the file must not be shown. */
  readonly content: 'objects' | 'bytes' | 'secret';
}

const LONG = 0xff;

/** Identifier, length in one byte or, behind FF, in two, and the data (EMV CPS 1.1 §2.2). */
export function encodeGrouping({ identifier, data }: Pick<DataGrouping, 'identifier' | 'data'>): string {
  const { length } = data;
  const lengthBytes = length < LONG ? [length] : [LONG, length >> 8, length & 0xff];
  return `${identifier}${toHex(Uint8Array.from(lengthBytes))}${toHex(data)}`;
}
