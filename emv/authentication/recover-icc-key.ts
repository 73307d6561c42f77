import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { digitsOf, isExpiredCertificate } from './certificate.js';
import { done, type OdaFailure, refuse, type Step } from './oda-result.js';
import { iccCertificateLayout, type OpenedCertificate, openCertificate } from './open-certificate.js';
import { type IssuerCertificateOpener, recoverIssuerKey } from './recover-issuer-key.js';
import { signedStaticData } from './static-data.js';

export interface CardKeys {
  readonly issuer: OpenedCertificate;
  readonly icc: OpenedCertificate;
}

/**
 * The card's own public key: the issuer's key opens the card certificate, which covers the static data and must fit
 * the PAN and the date (EMV 4.3 Book 2 §6.4; SM2: JR/T 0025.17-2013).
 */
export function recoverIccKey(input: OfflineDataAuthenticationInput, open: IssuerCertificateOpener): Step<CardKeys> {
  const issuer = recoverIssuerKey(input, open);
  if (!issuer.ok) return issuer;
  const issuerCertificate = issuer.value.certificate;
  const staticData = signedStaticData(input.staticData, input.data);
  if (!staticData.ok) return { ...staticData, issuerCertificate };
  const icc = openCertificate(iccCertificateLayout, issuer.value.key, input.data, staticData.value);
  if (!icc.ok) return { ...icc, issuerCertificate };
  const objection = objectionTo(icc.value, input);
  if (objection !== undefined) return { ...objection, issuerCertificate, iccCertificate: icc.value.certificate };
  return done({ issuer: issuer.value, icc: icc.value });
}

function objectionTo(
  { certificate }: OpenedCertificate,
  { data, date }: OfflineDataAuthenticationInput,
): OdaFailure | undefined {
  const pan = digitsOf(data.get('5A')!);
  if (digitsOf(certificate.subject) !== pan) return refuse('pan-mismatch');
  return isExpiredCertificate(certificate, date) ? refuse('icc-certificate-expired') : undefined;
}
