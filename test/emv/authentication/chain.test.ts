import fc from 'fast-check';
import { expect, test } from 'vitest';
import fieldNames from '../../../emv/authentication/chain/field-names.json';
import links from '../../../emv/authentication/chain/links.json';
import {
  type Chain,
  type ChainInput,
  type ChainLink,
  createCertificationAuthorityKeyStore,
  fromHex,
  type OdaResult,
  odaRefusals,
  openChain,
  toHex,
  verifyCda,
  verifyDda,
  verifyFdda,
  verifySda,
} from '../../../emv/index.js';
import { usableKeys } from '../../../src/cli/replay/kinds/ca-keys.js';
import { hexField } from '../../../src/cli/replay/kinds/fields.js';
import { odaInputSchema } from '../../../src/cli/replay/kinds/oda-input.js';
import { readVectors } from '../read-vectors.js';
import { type MintOptions, mintCard } from './mint-card.js';

const methods = ['sda', 'dda', 'cda', 'fdda'] as const;

function verify(input: ChainInput): OdaResult {
  switch (input.method) {
    case 'sda':
      return verifySda(input);
    case 'dda':
      return verifyDda(input);
    case 'cda':
      return verifyCda(input);
    case 'fdda':
      return verifyFdda(input);
  }
}

const linkOf = (chain: Chain, step: string): ChainLink => chain.links.find((link) => link.step === step)!;
const fieldOf = (chain: Chain, step: string, field: string) =>
  linkOf(chain, step).fields.find((one) => one.field === field);

const anySchema = odaInputSchema.extend({
  terminalData: hexField.optional(),
  pdolData: hexField.default(new Uint8Array()),
  cdolData: hexField.default(new Uint8Array()),
  responseData: hexField.default(new Uint8Array()),
  cid: hexField.default(new Uint8Array()),
  ac: hexField.optional(),
  unpredictableNumber: hexField.default(new Uint8Array()),
});

function inputOf(method: (typeof methods)[number], input: unknown): ChainInput {
  const { caKeys, cid, ac, terminalData, ...rest } = anySchema.parse(input);
  const { store } = usableKeys(caKeys);
  const all = { ...rest, caKeys: store, cryptogramInformationData: cid, applicationCryptogram: ac };
  return {
    method,
    ...all,
    terminalData: method === 'dda' ? (terminalData ?? new Uint8Array()) : terminalData,
  } as ChainInput;
}

test.each(
  ['oda-recorded', 'oda-minted', 'oda-sm-minted', 'oda-made', 'oda-sm-made'].flatMap((file) =>
    methods.map((method) => [file, method] as const),
  ),
)('the chain of each vector of %s.json, %s, ends as its verification does', (file, method) => {
  for (const vector of readVectors(file, `oda.${method}`)) {
    const input = inputOf(method, vector.input);
    const result = verify(input);
    const chain = openChain(input);
    expect([vector.id, chain.ok, chain.reason]).toEqual([vector.id, result.ok, result.ok ? undefined : result.reason]);
    expect(chain.links.every((link) => link.status === 'good')).toBe(result.ok);
  }
});

/** Everything that a mutation can touch: what the card sends, the terminal's data, the day. */
const mutations = fc.record({
  method: fc.constantFrom(...methods),
  tag: fc.constantFrom('5A', '82', '8F', '90', '92', '93', '9F32', '9F46', '9F47', '9F48', '9F4A', '9F4B'),
  at: fc.nat({ max: 300 }),
  value: fc.option(fc.uint8Array({ maxLength: 4 }), { nil: undefined }),
  date: fc.constantFrom('2016-01-04', '2031-01-04', 'no date'),
  knowsKey: fc.boolean(),
});

test('the chain of a card that was meddled with anywhere ends as its verification does, and throws nothing', () => {
  fc.assert(
    fc.property(mutations, ({ method, tag, at, value, date, knowsKey }) => {
      const card = mintCard();
      const bytes = Uint8Array.from(card.data.get(tag) ?? []);
      for (const [position, byte] of (value ?? []).entries()) bytes[(at + position) % bytes.length] = byte;
      const cut = value === undefined ? bytes.subarray(0, at % (bytes.length + 1)) : bytes;
      const data = new Map(card.data).set(tag, cut);
      const caKeys = knowsKey ? card.caKeys : createCertificationAuthorityKeyStore([]);
      const input = { ...card, method, data, date, caKeys } as ChainInput;
      const result = verify(input);
      const chain = openChain(input);
      expect(chain.reason).toBe(result.ok ? undefined : result.reason);
      for (const failure of chain.failures) {
        expect(linkOf(chain, failure.step).fields).toContainEqual(
          expect.objectContaining({ field: failure.field, check: 'failed' }),
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('an authentic card shows each certificate field by field', () => {
  const card = mintCard();
  const chain = openChain({ method: 'cda', ...card });
  expect(chain).toMatchObject({ ok: true, failures: [] });
  const icc = linkOf(chain, 'icc-certificate');
  expect(icc.fields.map(({ field, check }) => `${field} ${check}`)).toEqual([
    'encoded good',
    'header good',
    'format good',
    'applicationPan good',
    'expiry good',
    'serialNumber none',
    'hashAlgorithm good',
    'publicKeyAlgorithm good',
    'publicKeyLength good',
    'exponentLength good',
    'leftmostPart none',
    'hash good',
    'trailer good',
    'computedHash none',
    'remainder good',
    'exponent good',
  ]);
  expect(fieldOf(chain, 'icc-certificate', 'applicationPan')).toMatchObject({
    value: fromHex('6228000100001117FFFF'),
    holdsCardNumber: true,
  });
  expect(fieldOf(chain, 'icc-certificate', 'expiry')).toMatchObject({ meaning: 'to the end of 2030-12' });
  expect(fieldOf(chain, 'signed-dynamic-data', 'iccDynamicNumber')?.value).toEqual(fromHex('0001'));
  expect(fieldOf(chain, 'signed-dynamic-data', 'applicationCryptogram')).toMatchObject({ check: 'good' });
});

test('the fields of a certificate and its remainder are all of its bytes', () => {
  const chain = openChain({ method: 'dda', ...mintCard() });
  for (const step of ['issuer-certificate', 'icc-certificate', 'signed-dynamic-data']) {
    const fields = linkOf(chain, step).fields.filter(
      ({ field }) => !['encoded', 'computedHash', 'remainder', 'exponent'].includes(field),
    );
    const encoded = fieldOf(chain, step, 'encoded')!.value!;
    expect(fields.reduce((sum, { value }) => sum + value!.length, 0)).toBe(encoded.length);
    expect(toHex(fieldOf(chain, step, 'hash')!.value!)).toBe(toHex(fieldOf(chain, step, 'computedHash')!.value!));
  }
});

const failing: readonly (readonly [string, MintOptions, string, string, Record<string, unknown>])[] = [
  [
    'trailer',
    { icc: { trailer: 0xbb } },
    'icc-certificate',
    'trailer',
    { expected: Uint8Array.of(0xbc), found: Uint8Array.of(0xbb) },
  ],
  ['length', { data: { '90': 'AA' } }, 'issuer-certificate', 'encoded', { expected: 144, found: 1 }],
  [
    'another PAN',
    { icc: { put: [1, '6228000100001118'] } },
    'icc-certificate',
    'applicationPan',
    { expected: fromHex('6228000100001117') },
  ],
  ['no exponent', { data: { '9F47': undefined } }, 'icc-certificate', 'exponent', { tag: '9F47' }],
  [
    'expired',
    { issuer: { put: [5, '1215'] } },
    'issuer-certificate',
    'expiry',
    { expected: '2016-01-04', found: fromHex('1215') },
  ],
];

test.each(failing)('%s: the field says what was expected and what was found', (_, options, step, field, expected) => {
  const chain = openChain({ method: 'dda', ...mintCard(options) });
  expect(fieldOf(chain, step, field)).toMatchObject({ check: 'failed', ...expected });
});

test('what lies behind an expired certificate is opened and checked all the same', () => {
  const chain = openChain({ method: 'dda', ...mintCard({ issuer: { put: [5, '1215'] } }) });
  expect(chain.reason).toBe('issuer-certificate-expired');
  expect(linkOf(chain, 'icc-certificate')).toMatchObject({ status: 'good' });
  expect(linkOf(chain, 'signed-dynamic-data')).toMatchObject({ status: 'good' });
});

test('behind a certificate that does not open nothing is reached', () => {
  const chain = openChain({ method: 'dda', ...mintCard({ issuer: { header: 0x6b } }) });
  expect(chain.links.map(({ step, status }) => [step, status])).toEqual([
    ['ca-key', 'good'],
    ['issuer-certificate', 'failed'],
    ['static-data', 'not-reached'],
    ['icc-certificate', 'not-reached'],
    ['dynamic-data', 'not-reached'],
    ['signed-dynamic-data', 'not-reached'],
  ]);
});

test('each refusal names a step and a field of the chain', () => {
  for (const [reason, { field, step }] of Object.entries(odaRefusals)) {
    expect(Object.keys(fieldNames), reason).toContain(field);
    expect(Object.keys(links), reason).toContain(step);
  }
});

test('no failure carries a card number', () => {
  const chain = openChain({ method: 'dda', ...mintCard({ icc: { put: [1, '6228000100001118'] } }) });
  const [failure] = chain.failures;
  expect(failure).toMatchObject({ reason: 'pan-mismatch' });
  expect(failure).not.toHaveProperty('expected');
  expect(failure).not.toHaveProperty('found');
});
