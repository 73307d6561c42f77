import { toHex } from '../bytes.js';
import { isExpiredKey, type TrustedKey } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type Certificate, digitsOf, isExpiredCertificate } from './certificate.js';
import { done, further, type OdaFailure, refuse, type Step } from './oda-result.js';
import { issuerCertificateLayout, type OpenedCertificate, openCertificate } from './open-certificate.js';

/** Opens the issuer certificate of a card with one trusted key; what it gives depends on nothing else. */
export type IssuerCertificateOpener = (caKey: TrustedKey, data: DataMap) => Step<OpenedCertificate>;

export const openIssuerCertificate: IssuerCertificateOpener = (caKey, data) =>
  openCertificate(issuerCertificateLayout, caKey.prepared, data);

/**
 * The issuer's public key: the key that the card names by 8F opens the issuer certificate, which must fit the PAN, the
 * date and the revocation list (EMV 4.3 Book 2 §5.2, §5.3; SM2: JR/T 0025.17-2013). Where several keys bear one index,
 * the one that opens it counts.
 */
export function recoverIssuerKey(
  input: OfflineDataAuthenticationInput,
  open: IssuerCertificateOpener,
): Step<OpenedCertificate> {
  const index = input.data.get('8F');
  if (index === undefined) return refuse('ca-key-index-missing');
  const pan = digitsOf(input.data.get('5A') ?? new Uint8Array(0));
  if (pan === undefined) return refuse('pan-missing');
  const candidates = input.caKeys.find(input.rid, toHex(index));
  let failure = refuse('ca-key-missing');
  for (const caKey of candidates) {
    const opened = isExpiredKey(caKey, input.date) ? refuse('ca-key-expired') : open(caKey, input.data);
    if (!opened.ok) {
      failure = further(failure, opened);
      continue;
    }
    const { certificate } = opened.value;
    const objection = objectionTo(certificate, caKey, pan, input);
    return objection === undefined ? done(opened.value) : { ...objection, issuerCertificate: certificate };
  }
  return failure;
}

function objectionTo(
  certificate: Certificate,
  caKey: TrustedKey,
  pan: string,
  { date, revoked }: OfflineDataAuthenticationInput,
): OdaFailure | undefined {
  const identifier = digitsOf(certificate.subject);
  if (identifier === undefined || identifier.length < 3 || !pan.startsWith(identifier)) {
    return refuse('issuer-identifier-mismatch');
  }
  if (isExpiredCertificate(certificate, date)) return refuse('issuer-certificate-expired');
  const name = caKey.rid + caKey.index + toHex(certificate.serialNumber);
  return revoked?.has(name) ? refuse('issuer-certificate-revoked') : undefined;
}
