import { z } from 'zod';
import { commandName, decode, decodeResponse, fromHex, statusWordMeaning, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { Difference, VectorRunner } from '../vector.js';
import { toVectorTree } from './tlv-decode.js';

const inputSchema = z.object({ hex: z.string(), instruction: z.string().optional() });
const meaningSchema = z.string().optional();

/** `apdu.response`: status word, a text that its meaning contains in either case, and the data as a tree. */
export const runner: VectorRunner = (input, expect) => {
  const { hex, instruction } = inputSchema.parse(input);
  const { meaning: contained, ...whole } = expect;
  const meaning = meaningSchema.parse(contained);
  const { data, statusWord } = decodeResponse(fromHex(hex));
  const actual = {
    sw: toHex(Uint8Array.of(statusWord >> 8, statusWord & 0xff)),
    ...('tree' in whole && { tree: toVectorTree(decode(data)) }),
  };
  const actualMeaning = statusWordMeaning(
    statusWord,
    instruction === undefined ? {} : { command: commandName({ cla: 0x80, ins: fromHex(instruction)[0]! }) },
  );
  const differences: Difference[] = compare(whole, actual);
  if (meaning !== undefined && !actualMeaning.meaning.toLowerCase().includes(meaning.toLowerCase())) {
    differences.push({ path: 'meaning', expected: meaning, actual: actualMeaning.meaning });
  }
  return differences;
};
