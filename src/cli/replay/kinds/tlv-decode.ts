import { z } from 'zod';
import { type DataObject, decode, fromHex, TlvError, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const inputSchema = z.object({ hex: z.string() });

/** A tree as vectors write it: a value in hex, or children. */
export type VectorTree = readonly { readonly tag: string; readonly value?: string; readonly children?: VectorTree }[];

export const toVectorTree = (objects: readonly DataObject[]): VectorTree =>
  objects.map(({ tag, value, children }) =>
    children === undefined ? { tag, value: toHex(value) } : { tag, children: toVectorTree(children) },
  );

/** `tlv.decode`: bytes become a tree, or are refused with a `TlvError` and nothing else. Half a byte is no byte. */
export const runner: VectorRunner = (input, expect) => {
  const { hex } = inputSchema.parse(input);
  return compare(expect, expect.error === true && isHalfByte(hex) ? { error: true } : decodeOutcome(fromHex(hex)));
};

const isHalfByte = (hex: string): boolean => hex.length % 2 === 1 && /^[0-9A-Fa-f]+$/.test(hex);

function decodeOutcome(bytes: Uint8Array): { tree?: VectorTree; error: boolean } {
  try {
    return { tree: toVectorTree(decode(bytes)), error: false };
  } catch (error) {
    if (error instanceof TlvError) return { error: true };
    throw error;
  }
}
