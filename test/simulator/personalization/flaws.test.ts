import { describe, expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore } from '../../../emv/index.js';
import flaws from '../../../simulator/card/card-flaws.json' with { type: 'json' };
import type { cardFlaws } from '../../../simulator/card/index.js';
import { openCard, testCaKeys, testRevocations } from '../../../simulator/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { tapCard } from '../../../src/terminal/index.js';
import { validator } from '../../terminal/tap/tap-fixture.js';
import { issueChanged, pki, random } from '../card-in-hand.js';

const trust = {
  caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
  revoked: new Set(testRevocations(pki)),
};

const tapWith = async (card: Parameters<typeof issueChanged>[2] & object, algorithm: 'rsa' | 'sm2') => {
  const file = issueChanged('service-card-51', { publicKeyAlgorithms: [algorithm] }, card);
  return tapCard({ ...validator(createSoftwareChannel(openCard(file, { random }))), ...trust });
};

describe.each(['rsa', 'sm2'] as const)('under %s', (algorithm) => {
  test.each(flaws.map((flaw) => [flaw.name, flaw] as const))('%s: refused for what was forged', async (name, flaw) => {
    const result = await tapWith({ card: { flaw: name as (typeof cardFlaws)[number] } }, algorithm);
    if (flaw.refusal === undefined) {
      expect(result).toMatchObject({ accepted: false, reason: 'pan-mismatch' });
      return;
    }
    expect(result).toMatchObject({ accepted: false, reason: 'offline-data-authentication-failed' });
    expect(result.transaction.offlineDataAuthentication).toMatchObject({ ok: false, reason: flaw.refusal[algorithm] });
  });

  test('the same card without a flaw is believed', async () => {
    expect(await tapWith({}, algorithm)).toMatchObject({ accepted: true });
  });

  test('an issuer’s certificate ends with its month', async () => {
    const tapped = (issuerCertificateExpires: string) => tapWith({ card: { issuerCertificateExpires } }, algorithm);
    expect((await tapped('2015-10')).accepted).toBe(true);
    expect((await tapped('2015-09')).transaction.offlineDataAuthentication).toMatchObject({
      reason: 'issuer-certificate-expired',
    });
  });
});
