import { z } from 'zod';
import { type EncodableObject, encode, fromHex, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const treeSchema = z.array(
  z.union([
    z.strictObject({ tag: z.string(), value: z.string() }),
    z.strictObject({
      tag: z.string(),
      get children() {
        return treeSchema;
      },
    }),
  ]),
);
const inputSchema = z.object({ tree: treeSchema });

const toObjects = (tree: z.infer<typeof treeSchema>): EncodableObject[] =>
  tree.map((node) =>
    'value' in node
      ? { tag: node.tag, value: fromHex(node.value) }
      : { tag: node.tag, children: toObjects(node.children) },
  );

/** `tlv.encode`: a tree becomes bytes. */
export const runner: VectorRunner = (input, expect) =>
  compare(expect, { hex: toHex(encode(toObjects(inputSchema.parse(input).tree))) });
