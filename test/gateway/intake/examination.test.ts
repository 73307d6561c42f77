import { afterAll, expect, test } from 'vitest';
import type { TrustedKey } from '../../../emv/keys/index.js';
import { createIssuerKeys, type IssuerKey, type IssuerKeys } from '../../../src/gateway/evidence/index.js';
import { examineTexts } from '../../../src/gateway/intake/examination/examine-texts.js';
import {
  createExaminer,
  type Examiner,
  type KeptCertificates,
  openExaminer,
  type ReadTap,
  type TapText,
} from '../../../src/gateway/intake/examination/index.js';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { cardToken, type TapRecord } from '../../../src/tap/index.js';
import { pki } from '../../terminal/tap/tap-fixture.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';
import { PAN, tokenKey } from './intake-fixture.js';

const opened: Examiner[] = [];
afterAll(() => Promise.all(opened.map((examiner) => examiner.close())));

function threads(count: number, more: Partial<Parameters<typeof openExaminer>[0]> = {}): Examiner {
  const examiner = openExaminer({ caKeys, tokenKey, ...more }, count);
  opened.push(examiner);
  return examiner;
}

const card = cardInPocket();
const ride = await card.tapAt('bus-validator');

function changed(change: (record: TapRecord) => void): TapRecord {
  const record = structuredClone(ride);
  change(record);
  return record;
}

const records: readonly TapRecord[] = [
  ride,
  await card.tapAt('metro-gate', { event: 'entry', terminal: 'gate "7" 闸机' }),
  changed((record) => Object.assign(record, { amountFen: record.amountFen + 1 })),
  changed((record) => {
    record.evidence.data['9F4B'] = '00';
  }),
  changed((record) => Object.assign(record.evidence, { records: [] })),
  changed((record) => Object.assign(record.evidence, { records: [], data: {} })),
];

test('threads find out of records what the caller’s own thread does, to the last byte that is sealed', async () => {
  const here = createExaminer({ caKeys, tokenKey, recordKeys: [new Uint8Array(32).fill(7)] });
  const there = threads(2, { recordKeys: [new Uint8Array(32).fill(7)] });
  const before = here.keptCertificates();
  // More than go together in one message.
  const many = Array.from({ length: 130 }, (_, index) => records[index % records.length]!);
  const [expected, found] = await Promise.all(
    [here, there].map((each) => Promise.all(many.map((record) => each.examine(record)))),
  );
  expect(found!.map(({ sealed, ...rest }) => ({ ...rest, sealed: Buffer.from(sealed).toString('hex') }))).toEqual(
    JSON.parse(
      JSON.stringify(
        expected!.map(({ sealed, ...rest }) => ({ ...rest, sealed: Buffer.from(sealed).toString('hex') })),
      ),
    ),
  );
  expect(new Set(found!.map(({ refusal }) => refusal)).size).toBeGreaterThan(3);
  const lookups = ({ issuer: { hits, misses } }: KeptCertificates) => hits + misses;
  expect(lookups(there.keptCertificates())).toBe(lookups(here.keptCertificates()) - lookups(before));
  expect(there.keptCertificates().issuer.sizeMax).toBe(2 * here.keptCertificates().issuer.sizeMax);
});

test('what is handed over of a short record alone is its own memory, and takes nothing away from the thread', () => {
  const options = { caKeys, tokenKey, seal: createRecordSeal(tokenKey) };
  const short = changed((record) => Object.assign(record.evidence, { records: [], data: {} }));
  const { sealed } = examineTexts([JSON.stringify(short)], options).taps;
  expect(sealed.length).toBeLessThan(1024);
  expect(sealed.buffer.byteLength).toBe(sealed.length);
});

test('issuers’ keys that were read again count from the next tap on', async () => {
  const { issuerIdentifier, masterKeys } = [pki.issuer('bank-of-china'), pki.issuer('rural-credit')].find(
    (issuer) => issuer.issuerIdentifier === PAN.slice(0, 8),
  )!;
  const masterKey = masterKeys.applicationCryptogram;
  const right: IssuerKey = { prefix: issuerIdentifier, algorithm: '3des', derivation: 'option-a', masterKey };
  let current: IssuerKeys = createIssuerKeys([{ ...right, masterKey: new Uint8Array(16) }]);
  const issuerKeys: IssuerKeys = { find: (asked) => current.find(asked), all: () => current.all() };
  const examiner = threads(1, { issuerKeys });
  expect(await examiner.examine(ride)).toMatchObject({ refusal: 'cryptogram-wrong' });
  current = createIssuerKeys([right]);
  expect(await examiner.examine(ride)).toMatchObject({ isCryptogramVerified: true });
  current = createIssuerKeys([]);
  expect(await examiner.examine(ride)).toMatchObject({
    isCryptogramVerified: false,
    proof: { atc: expect.any(Number) },
  });
});

test('a card has a name under each secret, though its certificate is kept open for all', async () => {
  const secrets = [1, 2, 1].map((byte) => new Uint8Array(32).fill(byte));
  const examiners = secrets.map((secret) => createExaminer({ caKeys, tokenKey: secret }));
  const examined = await Promise.all(examiners.map((examiner) => examiner.examine(ride)));
  expect(examined.map((each) => each.cardToken)).toEqual(secrets.map((secret) => cardToken(secret, PAN)));
});

test('what is no record is told as it is, wherever it is read', async () => {
  const texts = ['{"version":1', '[]', JSON.stringify({ ...ride, sequence: -1 }), JSON.stringify(ride)];
  const readings = (examiner: Examiner) => Promise.all(texts.map((text) => examiner.read(text)));
  const [here, there] = await Promise.all([createExaminer({ caKeys, tokenKey }), threads(1)].map(readings));
  expect(there!.slice(0, 3)).toEqual(here!.slice(0, 3));
  const { evidence: _evidence, ...record } = ride;
  const { operator } = ride;
  expect(there).toMatchObject([{ notJson: expect.any(String) }, { issues: [{}] }, { issues: [{}] }, { operator }]);
  const [mine, theirs] = [here, there].map((readings) => readings![3] as ReadTap);
  expect(theirs).toEqual({ ...mine, sealed: new Uint8Array(mine!.sealed) });
  expect((JSON.parse(theirs!.text) as TapText).record).toEqual(record);
});

test('a record that fails fails alone', async () => {
  const examiner = threads(1);
  const broken = { ...ride, evidence: undefined } as unknown as TapRecord;
  const [first, wrong, last] = await Promise.allSettled([ride, broken, ride].map((record) => examiner.examine(record)));
  expect([first, last].map((each) => each?.status)).toEqual(['fulfilled', 'fulfilled']);
  expect(wrong).toMatchObject({ status: 'rejected', reason: expect.any(Error) });
});

test('a thread that ends fails the taps that it had, and the next one begins another', async () => {
  let keys: readonly TrustedKey[] = [{ ...caKeys.all()[0]!, modulus: 'no hex' }];
  const examiner = threads(1, { caKeys: { ...caKeys, all: () => keys } });
  await expect(examiner.examine(ride)).rejects.toThrow(/modulus/);
  keys = caKeys.all();
  expect(await examiner.examine(ride)).toMatchObject({ proof: { atc: expect.any(Number) } });
});

test('taps that wait when it is closed are told so', async () => {
  const examiner = threads(1);
  const told = expect(examiner.examine(ride)).rejects.toThrow('the gateway has stopped');
  await new Promise((resolve) => setImmediate(resolve));
  const neverSent = expect(examiner.examine(ride)).rejects.toThrow('the gateway has stopped');
  await examiner.close();
  await Promise.all([told, neverSent]);
});
