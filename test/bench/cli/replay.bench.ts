import { bench, describe } from 'vitest';
import { decode, fromHex } from '../../../emv/index.js';
import { runVectors } from '../../../src/cli/replay/run-vectors.js';
import { readVectors } from '../../emv/read-vectors.js';

const vectors = readVectors('tlv-decode', 'tlv.decode');
const files = [{ path: 'tlv-decode.json', file: { suite: 'tlv-decode', vectors } }];
const answers = vectors.map(({ input }) => input.hex as string);

describe(`replay ${vectors.length} answers; the peer decodes them and compares nothing`, () => {
  bench('decode', () => {
    for (const hex of answers) decode(fromHex(hex));
  });
  bench('replay', async () => {
    for await (const result of runVectors(files, () => 0)) {
      if (!result.passed) throw new Error(result.id);
    }
  });
});
