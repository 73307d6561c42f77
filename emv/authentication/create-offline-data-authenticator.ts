import type { CertificationAuthorityKeyStore, TrustedKey } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type IssuerCertificateOpener, openIssuerCertificate } from './means.js';
import type { OdaResult } from './oda-result.js';
import type { OpenedCertificate } from './open-certificate.js';
import { type CdaInput, verifyCda } from './verify-cda.js';
import { type DdaInput, verifyDda } from './verify-dda.js';
import { type FddaInput, verifyFdda } from './verify-fdda.js';
import { verifySda } from './verify-sda.js';

/** The four authentications against one key store, which the inputs need not carry. */
export interface OfflineDataAuthenticator {
  verifySda(input: Omit<OfflineDataAuthenticationInput, 'caKeys'>): OdaResult;
  verifyDda(input: Omit<DdaInput, 'caKeys'>): OdaResult;
  verifyFdda(input: Omit<FddaInput, 'caKeys'>): OdaResult;
  verifyCda(input: Omit<CdaInput, 'caKeys'>): OdaResult;
  /** How often an issuer certificate was found open, and how often it had to be opened. */
  readonly statistics: { readonly hits: number; readonly misses: number };
}

/**
 * The same checks with the last `cacheSize` issuer certificates kept open: a bank issues millions of cards under one
 * certificate. Only the opening is kept, and only under exactly the same bytes and CA key; expiry, revocation and PAN
 * are looked at each time.
 *
 * @example createOfflineDataAuthenticator({ caKeys, cacheSize: 256 }).verifyFdda({ rid, date, data, staticData })
 */
export function createOfflineDataAuthenticator(options: {
  readonly caKeys: CertificationAuthorityKeyStore;
  readonly cacheSize?: number;
}): OfflineDataAuthenticator {
  const { caKeys, cacheSize = 256 } = options;
  const statistics = { hits: 0, misses: 0 };
  const means = { openIssuerCertificate: keepOpen(openIssuerCertificate, cacheSize, statistics) };
  return {
    verifySda: (input) => verifySda({ ...input, caKeys }, means),
    verifyDda: (input) => verifyDda({ ...input, caKeys }, means),
    verifyFdda: (input) => verifyFdda({ ...input, caKeys }, means),
    verifyCda: (input) => verifyCda({ ...input, caKeys }, means),
    statistics,
  };
}

/** Keeps successes, the least recently used one goes first; failures are not kept, so nobody can fill it with them. */
function keepOpen(
  open: IssuerCertificateOpener,
  size: number,
  statistics: { hits: number; misses: number },
): IssuerCertificateOpener {
  const kept = new Map<string, OpenedCertificate>();
  return (caKey, data) => {
    const name = nameOf(caKey, data);
    const known = kept.get(name);
    if (known !== undefined) {
      statistics.hits++;
      kept.delete(name);
      kept.set(name, known);
      return { ok: true, value: known };
    }
    statistics.misses++;
    const opened = open(caKey, data);
    if (opened.ok && size > 0) {
      kept.set(name, opened.value);
      if (kept.size > size) kept.delete(kept.keys().next().value!);
    }
    return opened;
  };
}

/** CA key, certificate, remainder and exponent, each at its full length, so that no two inputs share a name. */
function nameOf(caKey: TrustedKey, data: DataMap): string {
  const parts = ['90', '92', '9F32'].map((tag) => {
    const value = data.get(tag);
    return value === undefined ? '-' : `${value.length}:${latin1(value)}`;
  });
  return `${caKey.algorithm === 'sm2' ? caKey.publicKey : caKey.sha1} ${parts.join(' ')}`;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
