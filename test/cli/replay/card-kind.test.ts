import { expect, test } from 'vitest';
import { describeFailure } from '../../../src/cli/replay/describe-failure.js';
import { runner } from '../../../src/cli/replay/kinds/card/index.js';
import { readVectorFiles } from '../../../src/cli/replay/read-vector-files.js';

const { files } = await readVectorFiles(['test-vectors/card-pboc-behaviour.json']);
const [{ file }] = files as [(typeof files)[number]];

const { files: made } = await readVectorFiles(['test-vectors/card-made.json']);

test.each(made[0]!.file.vectors.map((vector) => [vector.id, vector] as const))('%s', async (_, { input }) => {
  expect(describeFailure({ differences: await runner(input, {}, made[0]!.file) })).toEqual([]);
});

test('the whole suite is there', () => {
  expect(file.vectors).toHaveLength(64);
});

test.each(file.vectors.map((vector) => [vector.id, vector] as const))('%s', async (_, { input, expect: expected }) => {
  const differences = await runner(input, expected, file);
  expect(describeFailure({ differences })).toEqual([]);
});

/** A step whose expectation is bent, and what has to be complained of. */
const bends: readonly (readonly [string, object, string])[] = [
  ['a status word', { sw: '6985' }, 'sw'],
  ['a status word that must not be', { swNot: ['9000'] }, 'swNot'],
  ['card verification results', { iad: { cvr: '03A00000' } }, 'iad.cvr'],
  ['a cryptogram version', { iad: { cvn: ['17'] } }, 'iad.cvn'],
  ['a decision', { decision: 'ARQC' }, 'decision'],
  ['a value', { tags: { '82': '3C01' } }, 'tags.82'],
  ['an absent tag', { tags: { '9F63': { present: true } } }, 'tags.9F63'],
  ['a tag that is there', { absent: ['9F4B'] }, 'absent.9F4B'],
  ['a mask', { tags: { '82': { mask: '2000', value: '0000' } } }, 'tags.82'],
  ['a prefix', { tags: { '9F10': { prefix: ['0702'] } } }, 'tags.9F10'],
  ['a length', { tags: { '94#len': { multipleOf: 5 } } }, 'tags.94#len'],
  ['a cryptogram information', { cid: '40' }, 'cid'],
];

const approval = (expectation: object, more: object = {}) => ({
  image: 'any',
  cardConfig: {},
  steps: [
    { do: 'select', aid: 'A0000003330101' },
    { do: 'gpo', terminal: { '9F66': '28000080' }, expect: expectation, ...more },
  ],
});

test.each(bends)('%s that comes out otherwise is told', async (_, expectation, field) => {
  const differences = await runner(approval(expectation), {});
  expect(differences.map(({ path }) => path)).toEqual([`steps[1].gpo.${field}`]);
});

test('cryptogram and signature are checked', async () => {
  expect(await runner(approval({}, { verifyAC: true, verifySDAD: 'fDDA01' }), {})).toEqual([]);
  const [difference] = await runner(approval({}, { verifySDAD: 'fDDA00' }), {});
  expect(difference).toMatchObject({ expected: 'fDDA00', actual: 'fDDA01' });
});

test.each([
  ['a step', { steps: [{ do: 'dance' }] }],
  ['a field of a step', { steps: [{ do: 'reset', loudly: true }] }],
  ['an expectation', { steps: [{ do: 'selectPPSE', expect: { mood: 'good' } }] }],
  ['a macro', { steps: [{ do: 'macro', name: 'nobody' }] }],
  [
    'a rule',
    {
      steps: [
        { do: 'select', aid: 'A0000003330101' },
        { do: 'gpo', terminal: { '9F66': '28000000' }, expect: { tags: { '94': { aflRules: ['nice'] } } } },
      ],
    },
  ],
  ['a configuration', { cardConfig: { colour: 'blue' } }],
  ['a bit', { cardConfig: { '9F68': { fast: 1 } } }],
  ['a tag', { cardConfig: { '9F8x': { lowValueOption: 1 } } }],
  ['a file so large', { cardConfig: { 'SFI 0x1E': 'cyclic, 999999999-byte records, 10' } }],
  [
    'a range of tags',
    {
      steps: [
        { do: 'select', aid: 'A0000003330101' },
        { do: 'getData', tag: { ranges: ['0000-FFFFFFFF'] } },
      ],
    },
  ],
])('%s that is not known fails the vector', async (_, changed) => {
  const playing = async () => runner({ image: 'any', cardConfig: {}, steps: [], ...changed }, {});
  await expect(playing).rejects.toThrow(expect.toSatisfy((error) => /^(VectorError|ZodError)$/.test(error.name)));
});
