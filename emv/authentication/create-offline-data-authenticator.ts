import type { CertificationAuthorityKeyStore } from '../keys/index.js';
import { onceFor } from '../once-for.js';
import type { OfflineDataAuthenticationInput } from './authentication-input.js';
import { type KeptCertificates, keepOpen } from './keep-open.js';
import { type AuthenticationMeans, openIccCertificate, openIssuerCertificate } from './means.js';
import type { OdaResult } from './oda-result.js';
import { iccCertificateLayout, issuerCertificateLayout } from './open-certificate.js';
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
  /** What is kept open of issuers and of cards. */
  keptCertificates(): Readonly<Record<'issuer' | 'card', CertificateCache>>;
}

/** How often a certificate was found open, how often one had to be opened, how many are kept and how many can be. */
export interface CertificateCache {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
  readonly sizeMax: number;
}

/**
 * The same checks with the last `cacheSize` issuer certificates kept open, for a bank issues millions of cards under one
 * certificate, and the last `cardCacheSize` card certificates, for a card that comes in goes out again. Only the opening
 * is kept, and only under exactly the same bytes and signing key; expiry, revocation, PAN and the card's signature are
 * looked at each time.
 *
 * @example createOfflineDataAuthenticator({ caKeys, cacheSize: 256 }).verifyFdda({ rid, date, data, staticData })
 */
export function createOfflineDataAuthenticator(options: {
  readonly caKeys: CertificationAuthorityKeyStore;
  readonly cacheSize?: number;
  /** About 2 kB each. Default 1024. */
  readonly cardCacheSize?: number;
}): OfflineDataAuthenticator {
  const { caKeys, cacheSize = 256, cardCacheSize = 1024 } = options;
  const issuers = keepOpen(cacheSize);
  const cards = keepOpen(cardCacheSize);
  const means = keepingMeans(issuers, cards);
  return {
    verifySda: (input) => verifySda({ ...input, caKeys }, means),
    verifyDda: (input) => verifyDda({ ...input, caKeys }, means),
    // Field by field: one that is set behind a spread takes a microsecond, and this is done at each tap.
    verifyFdda: ({ rid, date, data, staticData, revoked, terminalData }) =>
      verifyFdda({ rid, caKeys, date, data, staticData, revoked, terminalData }, means),
    verifyCda: (input) => verifyCda({ ...input, caKeys }, means),
    statistics: issuers.statistics,
    keptCertificates: () => ({ issuer: cacheOf(issuers, cacheSize), card: cacheOf(cards, cardCacheSize) }),
  };
}

const cacheOf = ({ statistics, size }: KeptCertificates, sizeMax: number): CertificateCache => ({
  ...statistics,
  size: size(),
  sizeMax,
});

function keepingMeans(issuers: KeptCertificates, cards: KeptCertificates): AuthenticationMeans {
  return {
    openIssuerCertificate: (caKey, data) => {
      const { certificateTag, remainderTag, exponentTag } = issuerCertificateLayout;
      const parts = [data.get(certificateTag), data.get(remainderTag), data.get(exponentTag)];
      return issuers.open(caKey, parts, () => openIssuerCertificate(caKey, data));
    },
    openIccCertificate: (issuerKey, data, staticData) => {
      const { certificateTag, remainderTag, exponentTag } = iccCertificateLayout;
      const parts = [data.get(certificateTag), data.get(remainderTag), data.get(exponentTag), staticData];
      return cards.open(issuerKey, parts, () => openIccCertificate(issuerKey, data, staticData));
    },
  };
}

/** The authenticator that all transactions under one key store share; it goes with the store. */
export const authenticatorOf = onceFor(
  (caKeys: CertificationAuthorityKeyStore): OfflineDataAuthenticator => createOfflineDataAuthenticator({ caKeys }),
);
