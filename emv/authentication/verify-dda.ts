import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type AuthenticationMeans, ordinaryMeans } from './means.js';
import type { OdaFailure, OdaResult } from './oda-result.js';
import { openSignedDynamicData } from './open-signed-dynamic-data.js';
import { type CardKeys, recoverIccKey } from './recover-icc-key.js';

export interface DdaInput extends OfflineDataAuthenticationInput {
  /** What the DDOL asked for, as it was sent in INTERNAL AUTHENTICATE. */
  readonly terminalData: Uint8Array;
}

/**
 * Dynamic data authentication: the card's key opens 9F4B, the answer to INTERNAL AUTHENTICATE (EMV 4.3 Book 2 §6.5;
 * SM2: JR/T 0025.17-2013). Never throws for what a card can send.
 */
export function verifyDda(input: DdaInput, means: AuthenticationMeans = ordinaryMeans): OdaResult {
  const keys = recoverIccKey(input, means);
  if (!keys.ok) return keys;
  const dynamic = openSignedDynamicData(keys.value.icc.key, input.data.get('9F4B'), input.terminalData, means.witness);
  return dynamic.ok
    ? { iccDynamicNumber: dynamic.value.iccDynamicNumber, ...success(keys.value) }
    : withCertificates(dynamic, keys.value);
}

/** The fields of a result that the certificates give. */
export function success({ issuer, icc }: CardKeys) {
  return {
    ok: true,
    issuerCertificate: issuer.certificate,
    issuerPublicKey: issuer.certificate.publicKey,
    iccCertificate: icc.certificate,
    iccPublicKey: icc.certificate.publicKey,
  } as const;
}

export function withCertificates(failure: OdaFailure, { issuer, icc }: CardKeys): OdaFailure {
  return { ...failure, issuerCertificate: issuer.certificate, iccCertificate: icc.certificate };
}
