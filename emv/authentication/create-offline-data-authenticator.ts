import { equalBytes } from '../bytes.js';
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

interface Kept {
  readonly caKey: TrustedKey;
  readonly parts: readonly (Uint8Array | undefined)[];
  readonly opened: OpenedCertificate;
}

/** All that an issuer certificate is opened from, besides the CA key. */
const PARTS = ['90', '92', '9F32'] as const;
const NAME_LENGTH = 16;

/** Keeps successes, the least recently used one goes first; failures are not kept, so nobody can fill it with them. */
function keepOpen(
  open: IssuerCertificateOpener,
  size: number,
  statistics: { hits: number; misses: number },
): IssuerCertificateOpener {
  const kept = new Map<string, Kept>();
  return (caKey, data) => {
    const name = nameOf(data.get('90'));
    const known = kept.get(name);
    if (known !== undefined && isFrom(known, caKey, data)) {
      statistics.hits++;
      kept.delete(name);
      kept.set(name, known);
      return { ok: true, value: known.opened };
    }
    statistics.misses++;
    const opened = open(caKey, data);
    if (opened.ok && size > 0) {
      kept.delete(name);
      kept.set(name, { caKey, parts: PARTS.map((tag) => data.get(tag)?.slice()), opened: opened.value });
      if (kept.size > size) kept.delete(kept.keys().next().value!);
    }
    return opened;
  };
}

/** The end of a certificate is as good a name as a hash of it; that it is the same one is looked at. */
const nameOf = (certificate: Uint8Array = new Uint8Array(0)): string => {
  const end = certificate.subarray(-NAME_LENGTH);
  return Buffer.from(end.buffer, end.byteOffset, end.length).toString('latin1');
};

const isFrom = ({ caKey, parts }: Kept, otherKey: TrustedKey, data: DataMap): boolean =>
  caKey === otherKey && PARTS.every((tag, position) => isSame(parts[position], data.get(tag)));

const isSame = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one === undefined || other === undefined ? one === other : equalBytes(one, other);
