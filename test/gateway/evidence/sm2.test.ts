import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, fromHex, toHex } from '../../../emv/index.js';
import { testCaKeys } from '../../../simulator/index.js';
import { verifyEvidence } from '../../../src/gateway/evidence/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { pki } from '../../terminal/tap/tap-fixture.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';

const verify = (record: TapRecord) => verifyEvidence(record, { caKeys });
const ride = await cardInPocket('service-card-51-sm').tapAt('bus-validator');

test('a tap of SM2 proves card, chip and transaction counter', async () => {
  expect(verify(ride)).toEqual({
    ok: true,
    pan: '6228000100000006006',
    chip: expect.stringMatching(/^[0-9a-f]{32}$/),
    applicationTransactionCounter: 1,
    publicKey: expect.any(Uint8Array),
    isCryptogramVerified: false,
  });
  const replaced = await cardInPocket('service-card-51-sm', { seed: 'new' }).tapAt('bus-validator');
  expect(verify(replaced)).toMatchObject({ ok: true });
  expect(verify(replaced)).not.toEqual(verify(ride));
});

test('a gateway without the SM2 authority does not believe it', () => {
  const rsaAlone = testCaKeys(pki).filter(({ algorithm }) => algorithm === 'rsa');
  const known = createCertificationAuthorityKeyStore(rsaAlone);
  expect(verifyEvidence(ride, { caKeys: known })).toMatchObject({ ok: false, code: 'ca-key-missing' });
});

test('one bit of what was signed, and the tap is refused', () => {
  const bit = fc.nat({ max: 8 * 69 - 1 });
  fc.assert(
    fc.property(bit, (at) => {
      const record = structuredClone(ride);
      const signature = fromHex(record.evidence.data['9F4B']!);
      signature[at >> 3]! ^= 1 << (at & 7);
      Object.assign(record.evidence.data, { '9F4B': toHex(signature) });
      expect(verify(record).ok).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['signed-dynamic-data-signature', { '9F02': '000000000100' }],
  ['signed-dynamic-data-signature', { '9F37': '00000000' }],
  ['transaction-counter-mismatch', { '9F36': '0002' }],
])('%s where %o', (code, changed) => {
  const record = structuredClone(ride);
  Object.assign(record.evidence.data, changed);
  expect(verify(record)).toMatchObject({ ok: false, code });
});
