import { decodeNumeric, fromHex } from '../../emv/bytes.js';

/** Data objects of an application by tag, in hex. */
type Data = Readonly<Record<string, string>>;

/** A personalized amount; `undefined` where there is none, 0 for one that is not of format n. */
export const amountOf = (data: Data, tag: string): number | undefined =>
  data[tag] === undefined ? undefined : (decodeNumeric(fromHex(data[tag])) ?? 0);

/** A personalized number of one byte; `undefined` where there is none. */
export const byteOf = (data: Data, tag: string): number | undefined =>
  data[tag] === undefined ? undefined : fromHex(data[tag])[0];

/** Those of these data objects that were personalized, in this order. */
export const objectsOf = (data: Data, tags: readonly string[]): { tag: string; value: Uint8Array }[] =>
  tags.flatMap((tag) => (data[tag] === undefined ? [] : [{ tag, value: fromHex(data[tag]) }]));
