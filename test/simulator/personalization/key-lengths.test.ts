import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  concat,
  createCertificationAuthorityKeyStore,
  fromHex,
  openChain,
  toHex,
  verifyDda,
  verifySda,
} from '../../../emv/index.js';
import { toBigEndian } from '../../../simulator/numbers/big-endian.js';
import { certifyCard, certifyIssuer, signStaticData } from '../../../simulator/personalization/pki/certificates.js';
import {
  generateRsaKey,
  type PublicExponent,
  type RsaKey,
} from '../../../simulator/personalization/pki/generate-rsa-key.js';
import { encipher, makePair } from '../../emv/authentication/rsa-pair.js';

const PAN = '6228000100001117';
const records = fromHex(`5A08${PAN}5F24033512319F4A0182`);
const terminalData = fromHex('12345678');

/** The card's own signature (EMV 4.3 Book 2 §6.5.1), with a key of any length. */
function signDynamicData(card: RsaKey): Uint8Array {
  const dynamicData = fromHex('020ADC');
  const body = concat(fromHex('050103'), dynamicData, new Uint8Array(card.length - 25 - 3).fill(0xbb));
  const hash = createHash('sha1').update(body).update(terminalData).digest();
  const block = BigInt(`0x${toHex(concat(Uint8Array.of(0x6a), body, hash, Uint8Array.of(0xbc)))}`);
  let result = 1n;
  for (let base = block, exponent = card.privateExponent; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % card.modulus;
    base = (base * base) % card.modulus;
  }
  return toBigEndian(result, card.length);
}

/** Bytes of the three keys, and exponents of issuer and card. Remainders of any length, and none. */
const chains: readonly (readonly [ca: number, issuer: number, card: number, PublicExponent, PublicExponent])[] = [
  [248, 248, 246, 3, 3],
  [248, 248, 128, 65537, 65537],
  [248, 212, 170, 3, 65537],
  [248, 196, 100, 65537, 3],
  [248, 176, 134, 3, 3],
  [176, 144, 96, 3, 65537],
  [144, 144, 144, 65537, 65537],
  [144, 108, 66, 3, 3],
  [128, 92, 64, 3, 3],
  [126, 90, 50, 65537, 3],
];

test.each(chains)('CA key of %i bytes, issuer %i, card %i, exponents %i and %i', (ca, issuer, card, first, second) => {
  const keys = {
    ca: generateRsaKey('lengths/ca', ca * 8, 3),
    issuer: generateRsaKey('lengths/issuer', issuer * 8, first),
    card: generateRsaKey('lengths/card', card * 8, second),
  };
  const [expires, serialNumber] = ['1235', fromHex('000001')];
  const staticData = concat(records, fromHex('7C00'));
  const ninety = certifyIssuer({
    certificationAuthority: keys.ca,
    issuer: keys.issuer,
    issuerIdentifier: '62280001',
    expires,
    serialNumber,
  });
  const own = certifyCard({ issuer: keys.issuer, card: keys.card, pan: PAN, expires, serialNumber, staticData });
  const modulus = toHex(toBigEndian(keys.ca.modulus, ca));
  const input = {
    rid: 'A000000333',
    caKeys: createCertificationAuthorityKeyStore([{ rid: 'A000000333', index: 'C1', modulus, exponent: '03' }]),
    date: '2016-01-04',
    staticData: records,
    terminalData,
    data: new Map([
      ['5A', fromHex(PAN)],
      ['82', fromHex('7C00')],
      ['8F', fromHex('C1')],
      ['90', ninety.certificate],
      ['9F32', ninety.exponent],
      ['93', signStaticData(keys.issuer, fromHex('DAC1'), staticData)],
      ['9F46', own.certificate],
      ['9F47', own.exponent],
      ['9F4A', fromHex('82')],
      ['9F4B', signDynamicData(keys.card)],
      ...(ninety.remainder.length > 0 ? ([['92', ninety.remainder]] as const) : []),
      ...(own.remainder.length > 0 ? ([['9F48', own.remainder]] as const) : []),
    ]),
  };
  expect(ninety.remainder).toHaveLength(Math.max(0, issuer - (ca - 36)));
  expect(own.remainder).toHaveLength(Math.max(0, card - (issuer - 42)));
  expect(verifySda(input)).toMatchObject({ ok: true, dataAuthenticationCode: fromHex('DAC1') });
  expect(verifyDda(input)).toMatchObject({ ok: true, iccPublicKey: toBigEndian(keys.card.modulus, card) });
  const chain = openChain({ method: 'dda', ...input });
  expect(chain).toMatchObject({ ok: true, failures: [] });
});

/** Odd numbers of bytes, which our own generator does not make. */
test.each([1016, 1032, 1160, 1976])('a CA key of %i bits opens what it signed', (modulusLength) => {
  const pair = makePair(modulusLength);
  const store = createCertificationAuthorityKeyStore([
    { rid: 'A000000333', index: 'C1', modulus: toHex(pair.modulus), exponent: '03' },
  ]);
  const block = new Uint8Array(pair.modulus.length).fill(0x5a);
  const { prepared } = store.all()[0]!;
  expect(prepared.algorithm === 'rsa' && prepared.recover(encipher(pair, block))).toEqual(block);
});
