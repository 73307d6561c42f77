import { concat } from '../bytes.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { done, type OdaResult, refuse, type Step } from './oda-result.js';
import type { PublicKey } from './open-certificate.js';
import { type IssuerCertificateOpener, openIssuerCertificate, recoverIssuerKey } from './recover-issuer-key.js';
import { isHashOf, recoverSignedData } from './recover-signed-data.js';
import { signedStaticData } from './static-data.js';

/** Format byte, hash algorithm and data authentication code. */
const BODY_LENGTH_MIN = 4;
const SM2_SIGNED_LENGTH = 67;

/**
 * Static data authentication: the issuer's key opens 93, which covers the static data (EMV 4.3 Book 2 §5; SM2:
 * JR/T 0025.17-2013). Never throws for what a card can send.
 *
 * @example verifySda({ rid: 'A000000333', caKeys, date: '2016-01-04', data, staticData })
 */
export function verifySda(
  input: OfflineDataAuthenticationInput,
  open: IssuerCertificateOpener = openIssuerCertificate,
): OdaResult {
  const issuer = recoverIssuerKey(input, open);
  if (!issuer.ok) return issuer;
  const { certificate, key } = issuer.value;
  const staticData = signedStaticData(input.staticData, input.data);
  const code = staticData.ok ? dataAuthenticationCode(key, input.data.get('93'), staticData.value) : staticData;
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
): Step<Uint8Array> {
  if (signed === undefined || signed.length === 0) return refuse('signed-static-data-missing');
  if (key.algorithm === 'sm2') {
    if (signed.length !== SM2_SIGNED_LENGTH) return refuse('signed-static-data-length');
    const body = signed.subarray(0, 3);
    if (body[0] !== 0x13) return refuse('signed-static-data-format');
    const isGood = key.verify(concat(body, staticData), signed.subarray(3));
    return isGood ? done(body.slice(1)) : refuse('signed-static-data-signature');
  }
  const recovered = recoverSignedData('signed-static-data', key, signed, 0x03, BODY_LENGTH_MIN);
  if (!recovered.ok) return recovered;
  const { body } = recovered.value;
  if (body[1] !== 0x01) return refuse('signed-static-data-hash-algorithm');
  return isHashOf(recovered.value, staticData) ? done(body.slice(2, 4)) : refuse('signed-static-data-hash');
}
