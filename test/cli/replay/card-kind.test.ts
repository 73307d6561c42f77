import { expect, test } from 'vitest';
import { runner } from '../../../src/cli/replay/kinds/card/index.js';
import { readVectorFiles } from '../../../src/cli/replay/read-vector-files.js';

const { files } = await readVectorFiles(['test-vectors/card-pboc-behaviour.json']);
const [{ file }] = files as [(typeof files)[number]];

const { files: own } = await readVectorFiles(['test-vectors/card-rules.json']);
const [{ file: rules }] = own as [(typeof own)[number]];

/** What the rules do not depend on: how the card packs its answers, and what it computes with. */
test.each([
  ['in template 77', { responseFormat: 2 }],
  ['under SM4', { '9F10': '07010103000000040A01' }],
])('the rules hold %s as well', async (_, changed) => {
  const others = rules.vectors.filter(
    ({ input }) => !['9F10', 'publicKeyAlgorithms'].some((key) => key in (input.cardConfig as object)),
  );
  for (const { id, input } of others) {
    const cardConfig = { ...(input.cardConfig as object), ...changed };
    expect([id, await runner({ ...input, cardConfig }, {}, rules)]).toEqual([id, []]);
  }
});

test('the whole suite is there', () => {
  expect(file.vectors).toHaveLength(64);
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

test('without an image the card is the suite’s as it is', async () => {
  const { image, ...input } = approval({ sw: '9000', decision: 'TC' });
  expect(await runner(input, {})).toEqual(await runner({ image, ...input }, {}));
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
  ['a bit beyond the value', { cardConfig: { '9F6C': { 'b3.1': 1 } } }],
  ['a cryptogram version', { cardConfig: { CVN: '18' } }],
  ['personalized issuer data', { cardConfig: { '9F10': '0601010300000001' } }],
  [
    'a value of the terminal',
    {
      steps: [
        { do: 'select', aid: 'A0000003330101' },
        { do: 'gpo', terminal: { '9F66': 'many' } },
      ],
    },
  ],
  ['a script command', { steps: [{ do: 'script', command: 'DANCE' }] }],
  ['half a byte', { steps: [{ do: 'apdu', apdu: '00A{X}0000', vary: { X: '44' } }] }],
  ['a place in a command', { steps: [{ do: 'apdu', apdu: '00{INS}0000' }] }],
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

const answersOf = async (cardConfig: object, steps: readonly object[]) => {
  const vector = { image: 'any', cardConfig, steps: [{ do: 'select', aid: 'A0000003330101' }, ...steps] };
  return (await runner(vector, {})).map(({ actual }) => actual);
};

/** What a configuration says, and what GET DATA answers. */
test.each([
  ['hex', { '9F53': '07' }, '9F53', '07'],
  ['a number', { '9F53': 7 }, '9F53', '07'],
  ['a number of format n', { DF79: 700 }, 'DF79', '000000000700'],
  ['a value with a word beside it', { '9F54': '000000000700 (limit)' }, '9F54', '000000000700'],
  ['bits by their places', { '9F68': { 'b1.7': 1, 'b3.8': 1 } }, '9F68', '40109000'],
  ['bits in a text', { '9F68': 'b1.6=1, b2.5=0' }, '9F68', '20001000'],
  ['no value', { '9F75': 'p' }, '9F75', '000000020000'],
  ['a bound', { '9F79': '>=3000' }, '9F79', '000000003000'],
  ['a counter', { '9F36': '00FE' }, '9F36', '00FE'],
])('%s personalizes', async (_, cardConfig, tag, value) => {
  expect(await answersOf(cardConfig, [{ do: 'getData', tag, expect: { value } }])).toEqual([]);
});

test('a record that steps take for granted is on the card, one that they append is not', async () => {
  const files = { 'SFI 0x15-0x16': 'variable length CAPP files, 1024 bytes' };
  const read = (p2: string, id: string, sw: string) => ({ do: 'readCapp', p2, id, expect: { sw } });
  const append = { do: 'appendRecord', p2: 'B0', id: '0003', length: 20, expect: { sw: '9000' } };
  const steps = [read('A8', '0002', '9000'), read('A8', '0009', '6A83'), append, read('B0', '0003', '9000')];
  expect(await answersOf(files, steps)).toEqual([]);
  expect(await answersOf(files, [{ ...append, expect: {} }, read('B0', '0004', '6A83')])).toEqual([]);
});

test('a status word may leave digits open, and a card in the field is asked in the field for what it refuses', async () => {
  const wrong = { do: 'verify', pin: 'wrong', expect: { sw: '63Cx' } };
  expect(await answersOf({}, [{ do: 'gpo', interface: 'contact' }, wrong])).toEqual([]);
  const challenge = (sw: string) => ({ do: 'getChallenge', expect: { sw } });
  expect(await answersOf({}, [{ do: 'selectPPSE' }, challenge('6D00')])).toEqual([]);
  expect(await answersOf({}, [challenge('9000')])).toEqual([]);
});
