import { decodeCompressedNumeric } from '../bytes.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { isExpiredCertificate } from './certificate.js';
import type { AuthenticationMeans } from './means.js';
import { done, type OdaFailure, type Step } from './oda-result.js';
import type { OpenedCertificate } from './open-certificate.js';
import { recoverIssuerKey } from './recover-issuer-key.js';
import { signedStaticData } from './static-data.js';
import { objection, type Witness } from './witness.js';

export interface CardKeys {
  readonly issuer: OpenedCertificate;
  readonly icc: OpenedCertificate;
}

/**
 * The card's own public key: the issuer's key opens the card certificate, which covers the static data and must fit
 * the PAN and the date (EMV 4.3 Book 2 §6.4; SM2: JR/T 0025.17-2013).
 */
export function recoverIccKey(input: OfflineDataAuthenticationInput, means: AuthenticationMeans): Step<CardKeys> {
  const { openIccCertificate, witness } = means;
  const issuer = recoverIssuerKey(input, means);
  if (!issuer.ok) return issuer;
  const issuerCertificate = issuer.value.certificate;
  const staticData = signedStaticData(input.staticData, input.data, witness);
  if (!staticData.ok) return { ...staticData, issuerCertificate };
  witness?.signedWith('icc-certificate', staticData.value);
  const icc = openIccCertificate(issuer.value.key, input.data, staticData.value, witness);
  if (!icc.ok) return { ...icc, issuerCertificate };
  const failure = objectionTo(icc.value, input, witness);
  if (failure !== undefined) return { ...failure, issuerCertificate, iccCertificate: icc.value.certificate };
  return done({ issuer: issuer.value, icc: icc.value });
}

function objectionTo(
  { certificate }: OpenedCertificate,
  { data, date }: OfflineDataAuthenticationInput,
  witness: Witness | undefined,
): OdaFailure | undefined {
  const pan = data.get('5A');
  const fits = pan === undefined || decodeCompressedNumeric(certificate.subject) === decodeCompressedNumeric(pan);
  return (
    objection(witness, fits, 'pan-mismatch') ??
    objection(witness, !isExpiredCertificate(certificate, date), 'icc-certificate-expired', () => ({
      expected: date,
      found: certificate.expiry,
    }))
  );
}
