import { expect, test } from 'vitest';
import { runner as sm4 } from '../../../src/cli/replay/kinds/cipher-sm4.js';
import { runner as ac } from '../../../src/cli/replay/kinds/cryptogram-ac.js';
import { runner as arpc } from '../../../src/cli/replay/kinds/cryptogram-arpc.js';
import { runner as derive } from '../../../src/cli/replay/kinds/cryptogram-derive.js';
import { runner as kcv } from '../../../src/cli/replay/kinds/cryptogram-kcv.js';
import { runner as pinBlock } from '../../../src/cli/replay/kinds/cryptogram-pin-block.js';
import { runner as scriptData } from '../../../src/cli/replay/kinds/cryptogram-script-data.js';
import { runner as session } from '../../../src/cli/replay/kinds/cryptogram-session.js';
import { runner as sm3 } from '../../../src/cli/replay/kinds/hash-sm3.js';
import { runner as sm2 } from '../../../src/cli/replay/kinds/signature-sm2.js';
import { readVectors } from '../read-vectors.js';

test.each([
  ['cryptogram', 'cryptogram.derive', derive, 9],
  ['cryptogram', 'cryptogram.session', session, 6],
  ['cryptogram', 'cryptogram.ac', ac, 15],
  ['cryptogram', 'cryptogram.arpc', arpc, 12],
  ['cryptogram-computed', 'cryptogram.derive', derive, 6],
  ['cryptogram-computed', 'cryptogram.session', session, 22],
  ['cryptogram-computed', 'cryptogram.ac', ac, 23],
  ['cryptogram-computed', 'cryptogram.arpc', arpc, 6],
  ['cryptogram-script', 'cryptogram.kcv', kcv, 6],
  ['cryptogram-script', 'cryptogram.script-data', scriptData, 2],
  ['pin-block', 'cryptogram.pin-block', pinBlock, 41],
  ['sm3', 'hash.sm3', sm3, 22],
  ['sm4', 'cipher.sm4', sm4, 13],
  ['sm2', 'signature.sm2', sm2, 45],
])('every vector of %s.json of kind %s comes out as written', async (file, kind, runner, count) => {
  const vectors = readVectors(file, kind);
  expect(vectors).toHaveLength(count);
  for (const { id, title, input, expect: expected } of vectors) {
    expect(await runner(input, expected), `${id} (${title})`).toEqual([]);
  }
});
