import type { TrustedKey } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';
import type { Step } from './oda-result.js';
import {
  iccCertificateLayout,
  issuerCertificateLayout,
  type OpenedCertificate,
  openCertificate,
  type PublicKey,
} from './open-certificate.js';
import type { Witness } from './witness.js';

/** Opens the issuer certificate of a card with one trusted key; what it gives depends on nothing else. */
export type IssuerCertificateOpener = (caKey: TrustedKey, data: DataMap, witness?: Witness) => Step<OpenedCertificate>;

export const openIssuerCertificate: IssuerCertificateOpener = (caKey, data, witness) =>
  openCertificate(issuerCertificateLayout, caKey.prepared, data, undefined, witness);

/** Opens a card certificate with its issuer's key; what it gives depends on nothing else. */
export type IccCertificateOpener = (
  issuerKey: PublicKey,
  data: DataMap,
  staticData: Uint8Array,
  witness?: Witness,
) => Step<OpenedCertificate>;

export const openIccCertificate: IccCertificateOpener = (issuerKey, data, staticData, witness) =>
  openCertificate(iccCertificateLayout, issuerKey, data, staticData, witness);

/** How an authentication opens certificates, and who looks on. */
export interface AuthenticationMeans {
  readonly openIssuerCertificate: IssuerCertificateOpener;
  readonly openIccCertificate: IccCertificateOpener;
  readonly witness?: Witness;
}

export const ordinaryMeans: AuthenticationMeans = { openIssuerCertificate, openIccCertificate };
