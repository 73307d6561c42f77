import fc from 'fast-check';
import { expect, test } from 'vitest';
import { odaRefusals } from '../../../emv/authentication/index.js';
import { createCertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import { evidenceRefusals, verifyEvidence } from '../../../src/gateway/evidence/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';

const verify = (record: TapRecord) => verifyEvidence(record, { caKeys });
const ride = await cardInPocket().tapAt('bus-validator');

/** The ride as somebody else would like to have it. */
function forged(change: (record: TapRecord) => void): TapRecord {
  const record = structuredClone(ride);
  change(record);
  return record;
}

function set<Target extends object>(target: Target, values: Partial<Target>): void {
  Object.assign(target, values);
}

function unset({ evidence }: TapRecord, tag: string): void {
  delete evidence.data[tag];
}

const codeOf = (change: (record: TapRecord) => void) => {
  const result = verify(forged(change));
  return result.ok ? 'accepted' : result.code;
};

test('a tap proves card, chip and transaction counter, at a gate as on a bus', async () => {
  const card = cardInPocket();
  const first = verify(await card.tapAt('metro-gate', { event: 'entry' }));
  const second = verify(await card.tapAt('bus-validator'));
  expect(first).toEqual({
    ok: true,
    pan: '6228000100000000017',
    chip: expect.stringMatching(/^[0-9a-f]{32}$/),
    applicationTransactionCounter: 1,
    publicKey: expect.any(Uint8Array),
    isCryptogramVerified: false,
  });
  expect(second).toEqual({ ...first, applicationTransactionCounter: 2 });
});

test('a replaced card with the same number is another chip', async () => {
  const [old, replaced] = await Promise.all(
    ['old', 'new'].map(async (seed) =>
      verify(await cardInPocket('service-card-51', { seed }).tapAt('metro-gate', { event: 'entry' })),
    ),
  );
  expect(old).toMatchObject({ ok: true, pan: '6228000100000000017' });
  expect(replaced).toMatchObject({ ok: true, pan: '6228000100000000017' });
  expect(old).not.toEqual(replaced);
});

test('a terminal may write its clock with any offset', async () => {
  const record = forged((tap) => {
    tap.at = '2015-10-03T00:25:00Z';
  });
  expect(verify(record).ok).toBe(true);
});

test.each<[string, (record: TapRecord) => void]>([
  ['amount-mismatch', (tap) => set(tap, { amountFen: 100 })],
  ['signed-dynamic-data-hash', (tap) => set(tap.evidence.data, { '9F02': '000000000100' })],
  ['signed-dynamic-data-hash', (tap) => set(tap.evidence.data, { '5F2A': '0840' })],
  ['signed-dynamic-data-hash', (tap) => set(tap.evidence.data, { '9F37': '00000000' })],
  ['transaction-counter-mismatch', (tap) => set(tap.evidence.data, { '9F36': '0002' })],
  ['transaction-counter-mismatch', (tap) => unset(tap, '9F36')],
  ['date-mismatch', (tap) => set(tap, { at: '2015-10-04T08:25:00+08:00' })],
  ['date-mismatch', (tap) => unset(tap, '9A')],
  ['signed-dynamic-data-hash', (tap) => set(tap.evidence.data, { '9F66': '28000000' })],
  ['fdda-data-missing', (tap) => unset(tap, '9F66')],
  ['file-locator-invalid', (tap) => unset(tap, '94')],
  ['file-locator-invalid', (tap) => set(tap.evidence.data, { '94': '0801' })],
  ['ca-key-index-missing', (tap) => set(tap.evidence, { records: [] })],
  [
    'static-data-missing',
    (tap) =>
      set(tap.evidence.records.find(({ shortFileIdentifier }) => shortFileIdentifier === 3)!, { recordNumber: 9 }),
  ],
  ['record-unreadable', (tap) => set(tap.evidence.records[0]!, { bytes: '70055A' })],
  ['evidence-contradictory', (tap) => set(tap.evidence.data, { '5F24': '991231' })],
  ['ca-key-missing', (tap) => set(tap.evidence, { applicationIdentifier: 'A0000000031010' })],
  ['ca-key-missing', (tap) => set(tap.evidence, { applicationIdentifier: '' })],
  ['not-approved-offline', (tap) => set(tap.evidence.data, { '9F27': '80' })],
  ['not-approved-offline', (tap) => set(tap.evidence.data, { '9F10': '07010103A0000001' })],
  ['issuer-application-data-unreadable', (tap) => unset(tap, '9F10')],
])('%s', (code, change) => {
  expect(codeOf(change)).toBe(code);
});

test('a track 2 of another card is refused, wherever it stands', () => {
  const change = (tap: TapRecord) => {
    for (const record of tap.evidence.records)
      record.bytes = record.bytes.replaceAll('6228000100000000017D', '6228000100000000025D');
    const { data } = tap.evidence;
    if (data['57']) data['57'] = data['57'].replace('6228000100000000017D', '6228000100000000025D');
  };
  expect(codeOf(change)).toBe('track-2-mismatch');
});

test('a signature that does not cover the amount proves no debit', async () => {
  const record = await cardInPocket().tapAt('bus-validator', {
    terminalData: { terminalTransactionQualifiers: '28000000' },
  });
  expect(verify(record)).toEqual({ ok: false, code: 'amount-not-signed' });
});

test('a card is judged as of the day of the tap', async () => {
  const late = forged((tap) => {
    tap.at = '2050-10-03T08:25:00+08:00';
    tap.evidence.data['9A'] = '501003';
  });
  expect(verify(late)).toMatchObject({ ok: false, code: expect.stringMatching(/expired$/) });
  const early = forged((tap) => {
    tap.at = '2000-10-03T08:25:00+08:00';
    tap.evidence.data['9A'] = '001003';
  });
  expect(verify(early)).toEqual({ ok: false, code: 'card-not-yet-effective' });
});

test('nobody is believed whose certification authority is not trusted', () => {
  const result = verifyEvidence(ride, { caKeys: createCertificationAuthorityKeyStore([]) });
  expect(result).toEqual({ ok: false, code: 'ca-key-missing' });
});

test('whatever is changed in the evidence, no refusal names the card and nothing is thrown', () => {
  const values = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase()),
  );
  const tags = fc.constantFrom(...Object.keys(ride.evidence.data), '5A', '5F24', '9F08', '70');
  fc.assert(
    fc.property(tags, values, fc.nat(ride.evidence.records.length - 1), fc.boolean(), (tag, value, index, inRecord) => {
      const result = verify(
        forged(({ evidence }) => {
          if (inRecord) evidence.records[index]!.bytes = value;
          else evidence.data[tag] = value;
        }),
      );
      if (result.ok) expect(result.pan).toBe('6228000100000000017');
      else expect(JSON.stringify(result)).not.toMatch(/\d{12}/);
    }),
    { numRuns: 300 },
  );
});

test('one changed bit in what the card signed or the bank certified is seen', () => {
  fc.assert(
    fc.property(fc.nat(ride.evidence.records.length - 1), fc.nat(10_000), fc.nat(7), (index, place, bit) => {
      const result = verify(
        forged(({ evidence }) => {
          const bytes = Buffer.from(evidence.records[index]!.bytes, 'hex');
          bytes[place % bytes.length]! ^= 1 << bit;
          evidence.records[index]!.bytes = bytes.toString('hex').toUpperCase();
        }),
      );
      if (result.ok) expect(result).toEqual(verify(ride));
    }),
    { numRuns: 300 },
  );
});

test('every refusal is explained in English and Chinese', () => {
  expect(Object.keys(evidenceRefusals)).toEqual(expect.arrayContaining(Object.keys(odaRefusals)));
  for (const { meaning, meaningZh, source } of Object.values(evidenceRefusals)) {
    expect(meaning).toMatch(/[a-z]/);
    expect(meaningZh).toMatch(/\p{Script=Han}/u);
    expect(source).toMatch(/EMV|JR\/T/);
  }
});
