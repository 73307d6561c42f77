import type { TrustedKey } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';
import type { Step } from './oda-result.js';
import { issuerCertificateLayout, type OpenedCertificate, openCertificate } from './open-certificate.js';
import type { Witness } from './witness.js';

/** Opens the issuer certificate of a card with one trusted key; what it gives depends on nothing else. */
export type IssuerCertificateOpener = (caKey: TrustedKey, data: DataMap, witness?: Witness) => Step<OpenedCertificate>;

export const openIssuerCertificate: IssuerCertificateOpener = (caKey, data, witness) =>
  openCertificate(issuerCertificateLayout, caKey.prepared, data, undefined, witness);

/** How an authentication opens issuer certificates, and who looks on. */
export interface AuthenticationMeans {
  readonly openIssuerCertificate: IssuerCertificateOpener;
  readonly witness?: Witness;
}

export const ordinaryMeans: AuthenticationMeans = { openIssuerCertificate };
