import { decodeCompressedNumeric, toHex } from '../bytes.js';
import { isExpiredKey, type TrustedKey } from '../keys/index.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type Certificate, isExpiredCertificate } from './certificate.js';
import { type AuthenticationMeans, openIssuerCertificate } from './means.js';
import { done, further, type OdaFailure, refuse, type Step } from './oda-result.js';
import type { OpenedCertificate } from './open-certificate.js';
import { objection, type Witness } from './witness.js';

/**
 * The issuer's public key: the key that the card names by 8F opens the issuer certificate, which must fit the PAN, the
 * date and the revocation list (EMV 4.3 Book 2 §5.2, §5.3; SM2: JR/T 0025.17-2013). Where several keys bear one index,
 * the one that opens it counts.
 */
export function recoverIssuerKey(
  input: OfflineDataAuthenticationInput,
  { openIssuerCertificate, witness }: AuthenticationMeans,
): Step<OpenedCertificate> {
  const index = input.data.get('8F');
  if (index === undefined) return refuse('ca-key-index-missing');
  const pan = decodeCompressedNumeric(input.data.get('5A') ?? new Uint8Array(0));
  const noPan = objection(witness, pan !== undefined, 'pan-missing');
  if (noPan !== undefined) return noPan;
  let failure: OdaFailure | undefined;
  let nearest: TrustedKey | undefined;
  for (const caKey of input.caKeys.find(input.rid, toHex(index))) {
    const opened = isExpiredKey(caKey, input.date) ? expired(caKey, input) : openIssuerCertificate(caKey, input.data);
    if (opened.ok) {
      if (witness !== undefined) return show(caKey, pan, input, witness);
      return accept(opened.value, caKey, pan, input, witness);
    }
    const isNearer = failure === undefined || further(failure, opened) === opened;
    if (isNearer) [nearest, failure] = [caKey, opened];
  }
  failure ??= refuse('ca-key-missing', { found: index });
  return witness === undefined || nearest === undefined ? failure : show(nearest, pan, input, witness);
}

const expired = (caKey: TrustedKey, { date }: OfflineDataAuthenticationInput): OdaFailure =>
  refuse('ca-key-expired', { expected: caKey.expires!, found: date });

/** Opens the issuer certificate with the key that came furthest once more, before a witness. */
function show(
  caKey: TrustedKey,
  pan: string | undefined,
  input: OfflineDataAuthenticationInput,
  witness: Witness,
): Step<OpenedCertificate> {
  witness.used(caKey);
  const outdated = isExpiredKey(caKey, input.date) ? expired(caKey, input) : undefined;
  if (outdated !== undefined && !witness.goesOnAfter(outdated)) return outdated;
  const opened = openIssuerCertificate(caKey, input.data, witness);
  return opened.ok ? accept(opened.value, caKey, pan, input, witness) : opened;
}

function accept(
  opened: OpenedCertificate,
  caKey: TrustedKey,
  pan: string | undefined,
  input: OfflineDataAuthenticationInput,
  witness: Witness | undefined,
): Step<OpenedCertificate> {
  const { certificate } = opened;
  const failure = objectionTo(certificate, caKey, pan, input, witness);
  return failure === undefined ? done(opened) : { ...failure, issuerCertificate: certificate };
}

function objectionTo(
  certificate: Certificate,
  caKey: TrustedKey,
  pan: string | undefined,
  { date, revoked }: OfflineDataAuthenticationInput,
  witness: Witness | undefined,
): OdaFailure | undefined {
  const identifier = decodeCompressedNumeric(certificate.subject);
  const fits = identifier !== undefined && identifier.length >= 3 && (pan?.startsWith(identifier) ?? true);
  const isRevoked = revoked?.has(caKey.rid + caKey.index + toHex(certificate.serialNumber)) ?? false;
  return (
    objection(witness, fits, 'issuer-identifier-mismatch', () => ({ found: certificate.subject })) ??
    objection(witness, !isExpiredCertificate(certificate, date), 'issuer-certificate-expired', () => ({
      expected: date,
      found: certificate.expiry,
    })) ??
    objection(witness, !isRevoked, 'issuer-certificate-revoked', () => ({ found: certificate.serialNumber }))
  );
}
