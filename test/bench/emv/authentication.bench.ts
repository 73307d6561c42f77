import { constants, createPublicKey, publicDecrypt } from 'node:crypto';
import { bench, describe } from 'vitest';
import {
  createCertificationAuthorityKeyStore,
  createOfflineDataAuthenticator,
  createSm2PublicKey,
  type OdaSuccess,
  verifyFdda,
} from '../../../emv/index.js';
import { hexField } from '../../../src/cli/replay/kinds/fields.js';
import { odaInputSchema } from '../../../src/cli/replay/kinds/oda-input.js';
import { readVectors } from '../../emv/read-vectors.js';

const fddaSchema = odaInputSchema.extend({ terminalData: hexField });

/** A good card of a minted chain, ready to be checked. */
function card(file: string, title: string) {
  const vector = readVectors(file, 'oda.fdda').find((one) => one.title === title)!;
  const { caKeys, ...input } = fddaSchema.parse(vector.input);
  return { ...input, caKeys: createCertificationAuthorityKeyStore(caKeys) };
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

const rsaKey = (modulus: Uint8Array, exponent: Uint8Array) =>
  createPublicKey({ key: { kty: 'RSA', n: base64url(modulus), e: base64url(exponent) }, format: 'jwk' });

const rsaCard = card('oda-minted', 'own chain c (CA 1984 bit), fDDA version 01');
const { issuerPublicKey, iccPublicKey } = verifyFdda(rsaCard) as OdaSuccess;
const caKey = rsaCard.caKeys.all()[0]!;
const value = (tag: string) => rsaCard.data.get(tag)!;

describe('fDDA of an RSA card under a CA key of 1984 bits', () => {
  const issuerKey = rsaKey(issuerPublicKey, value('9F32'));
  const iccKey = rsaKey(iccPublicKey!, value('9F47'));
  const caPublicKey = rsaKey(Buffer.from(caKey.modulus!, 'hex'), Buffer.from(caKey.exponent!, 'hex'));
  const open = (key: ReturnType<typeof rsaKey>, bytes: Uint8Array) =>
    publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes);

  bench('the limit for a new card of a known issuer: two bare operations, the card’s key made once', () => {
    open(issuerKey, value('9F46'));
    open(rsaKey(iccPublicKey!, value('9F47')), value('9F4B'));
  });
  bench('three bare recoveries with keys that are ready', () => {
    open(caPublicKey, value('90'));
    open(issuerKey, value('9F46'));
    open(iccKey, value('9F4B'));
  });
  bench('three bare recoveries, two of their keys made anew', () => {
    open(caPublicKey, value('90'));
    open(rsaKey(issuerPublicKey, value('9F32')), value('9F46'));
    open(rsaKey(iccPublicKey!, value('9F47')), value('9F4B'));
  });
  bench('verifyFdda', () => {
    verifyFdda(rsaCard);
  });
  const authenticator = createOfflineDataAuthenticator({ caKeys: rsaCard.caKeys, cardCacheSize: 0 });
  bench('verifyFdda of a gateway that knows the issuer', () => {
    authenticator.verifyFdda(rsaCard);
  });
});

const sm2Card = card('oda-sm-minted', 'SM chain, fDDA version 01');

describe('fDDA of an SM2 card', () => {
  const certificate = sm2Card.data.get('90')!;
  const sm2Key = createSm2PublicKey(Buffer.from(sm2Card.caKeys.all()[0]!.publicKey!, 'hex'))!;
  const [body, signature] = [certificate.subarray(0, -64), certificate.subarray(-64)];

  bench('the limit: three bare verifications with a key that is ready', () => {
    for (let count = 0; count < 3; count++) sm2Key.verify(body, signature);
  });
  bench('verifyFdda', () => {
    verifyFdda(sm2Card);
  });
  const authenticator = createOfflineDataAuthenticator({ caKeys: sm2Card.caKeys, cardCacheSize: 0 });
  bench('verifyFdda of a gateway that knows the issuer', () => {
    authenticator.verifyFdda(sm2Card);
  });
});
