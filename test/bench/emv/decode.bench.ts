import tlv from 'tlv';
import { bench, describe } from 'vitest';
import { decode, encode, fromHex } from '../../../emv/index.js';
import { readVectors } from '../../emv/read-vectors.js';

/** Every answer that was recorded from a real card. */
const answers = readVectors('tlv-decode', 'tlv.decode').map(({ input }) => fromHex(input.hex as string));
const trees = answers.map((answer) => decode(answer));
const otherTrees = answers.map((answer) => tlv.parseAll(Buffer.from(answer)));

describe(`decode ${answers.length} recorded answers`, () => {
  bench('yongtap', () => {
    for (const answer of answers) decode(answer);
  });
  bench('tlv 1.1.1', () => {
    for (const answer of answers) tlv.parseAll(Buffer.from(answer));
  });
});

describe(`encode ${answers.length} recorded answers`, () => {
  bench('yongtap', () => {
    for (const tree of trees) encode(tree);
  });
  bench('tlv 1.1.1', () => {
    for (const tree of otherTrees) for (const object of tree) object.encode();
  });
});
