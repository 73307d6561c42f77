import { expect, test } from 'vitest';
import { runner as cda } from '../../../src/cli/replay/kinds/oda-cda.js';
import { runner as dda } from '../../../src/cli/replay/kinds/oda-dda.js';
import { runner as fdda } from '../../../src/cli/replay/kinds/oda-fdda.js';
import { runner as sda } from '../../../src/cli/replay/kinds/oda-sda.js';
import { readVectors } from '../read-vectors.js';

test.each([
  ['oda-recorded', 'oda.sda', sda, 19],
  ['oda-recorded', 'oda.cda', cda, 28],
  ['oda-minted', 'oda.sda', sda, 26],
  ['oda-minted', 'oda.dda', dda, 43],
  ['oda-minted', 'oda.fdda', fdda, 104],
  ['oda-minted', 'oda.cda', cda, 44],
  ['oda-sm-minted', 'oda.sda', sda, 14],
  ['oda-sm-minted', 'oda.dda', dda, 7],
  ['oda-sm-minted', 'oda.fdda', fdda, 25],
  ['oda-sm-minted', 'oda.cda', cda, 8],
  ['oda-made', 'oda.sda', sda, 8],
  ['oda-made', 'oda.dda', dda, 42],
  ['oda-made', 'oda.fdda', fdda, 31],
  ['oda-made', 'oda.cda', cda, 7],
  ['oda-sm-made', 'oda.fdda', fdda, 22],
])('every vector of %s.json of kind %s comes out as written', async (file, kind, runner, count) => {
  const vectors = readVectors(file, kind);
  expect(vectors).toHaveLength(count);
  for (const { id, title, input, expect: expected } of vectors) {
    expect(await runner(input, expected), `${id} (${title})`).toEqual([]);
  }
});
