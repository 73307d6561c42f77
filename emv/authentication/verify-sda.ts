import { concat } from '../bytes.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type AuthenticationMeans, ordinaryMeans } from './means.js';
import { done, type OdaResult, refuse, type Step } from './oda-result.js';
import type { PublicKey } from './open-certificate.js';
import { recoverIssuerKey } from './recover-issuer-key.js';
import { byteAt, objectionToHash, recoverSignedData } from './recover-signed-data.js';
import { signedStaticData } from './static-data.js';
import { objection, type Witness } from './witness.js';

/** Format byte, hash algorithm and data authentication code. */
const BODY_LENGTH_MIN = 4;
const SM2_SIGNED_LENGTH = 67;
const FORMAT = { rsa: 0x03, sm2: 0x13 };
const SHA1 = 0x01;

/**
 * Static data authentication: the issuer's key opens 93, which covers the static data (EMV 4.3 Book 2 §5; SM2:
 * JR/T 0025.17-2013). Never throws for what a card can send.
 *
 * @example verifySda({ rid: 'A000000333', caKeys, date: '2016-01-04', data, staticData })
 */
export function verifySda(
  input: OfflineDataAuthenticationInput,
  means: AuthenticationMeans = ordinaryMeans,
): OdaResult {
  const { witness } = means;
  const issuer = recoverIssuerKey(input, means);
  if (!issuer.ok) return issuer;
  const { certificate, key } = issuer.value;
  const staticData = signedStaticData(input.staticData, input.data, witness);
  const code = staticData.ok
    ? dataAuthenticationCode(key, input.data.get('93'), staticData.value, witness)
    : staticData;
  if (!code.ok) return { ...code, issuerCertificate: certificate };
  return {
    ok: true,
    issuerCertificate: certificate,
    issuerPublicKey: certificate.publicKey,
    dataAuthenticationCode: code.value,
  };
}

function dataAuthenticationCode(
  key: PublicKey,
  signed: Uint8Array | undefined,
  staticData: Uint8Array,
  witness: Witness | undefined,
): Step<Uint8Array> {
  if (signed === undefined || signed.length === 0) return refuse('signed-static-data-missing');
  witness?.signedWith('signed-static-data', staticData);
  return key.algorithm === 'sm2'
    ? openSm2(key, signed, staticData, witness)
    : openRsa(key, signed, staticData, witness);
}

function openRsa(
  key: Extract<PublicKey, { algorithm: 'rsa' }>,
  signed: Uint8Array,
  staticData: Uint8Array,
  witness: Witness | undefined,
): Step<Uint8Array> {
  const recovered = recoverSignedData('signed-static-data', key, signed, FORMAT.rsa, BODY_LENGTH_MIN, witness);
  if (!recovered.ok) return recovered;
  const { body } = recovered.value;
  if (body[1] !== SHA1) return refuse('signed-static-data-hash-algorithm', byteAt(body, 1, SHA1));
  return objectionToHash('signed-static-data', recovered.value, witness, staticData) ?? done(body.slice(2, 4));
}

function openSm2(
  key: Extract<PublicKey, { algorithm: 'sm2' }>,
  signed: Uint8Array,
  staticData: Uint8Array,
  witness: Witness | undefined,
): Step<Uint8Array> {
  if (signed.length !== SM2_SIGNED_LENGTH) {
    return refuse('signed-static-data-length', { expected: SM2_SIGNED_LENGTH, found: signed.length });
  }
  witness?.opened('signed-static-data', signed);
  const body = signed.subarray(0, 3);
  if (body[0] !== FORMAT.sm2) return refuse('signed-static-data-format', byteAt(body, 0, FORMAT.sm2));
  const holds = key.verify(concat(body, staticData), signed.subarray(3));
  return objection(witness, holds, 'signed-static-data-signature') ?? done(body.slice(1));
}
