import { decodeNumeric, fromHex } from '../../emv/bytes.js';
import { onceFor } from '../../emv/once-for.js';

/** Data objects of an application by tag, in hex. */
type Data = Readonly<Record<string, string>>;

const objectsMadeOf = onceFor((_: Data) => new Map<string, Uint8Array>());

/** A personalized data object, made of its hex once: to be read only. `undefined` where there is none. */
export function bytesOf(data: Data, tag: string): Uint8Array | undefined {
  const hex = data[tag];
  if (hex === undefined) return undefined;
  const objects = objectsMadeOf(data);
  const known = objects.get(tag);
  if (known !== undefined) return known;
  const bytes = fromHex(hex);
  objects.set(tag, bytes);
  return bytes;
}

/** A personalized amount; `undefined` where there is none, 0 for one that is not of format n. */
export const amountOf = (data: Data, tag: string): number | undefined =>
  data[tag] === undefined ? undefined : (decodeNumeric(bytesOf(data, tag)!) ?? 0);

/** A personalized number of one byte; `undefined` where there is none. */
export const byteOf = (data: Data, tag: string): number | undefined => bytesOf(data, tag)?.[0];

/** Those of these data objects that were personalized, in this order. */
export const objectsOf = (data: Data, tags: readonly string[]): { tag: string; value: Uint8Array }[] => {
  const objects: { tag: string; value: Uint8Array }[] = [];
  for (const tag of tags) {
    const value = bytesOf(data, tag);
    if (value !== undefined) objects.push({ tag, value });
  }
  return objects;
};
