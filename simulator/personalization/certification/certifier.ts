import type { CardFile, PublicKeyAlgorithm } from '../../card/index.js';
import type { RecordObject } from '../records.js';

export interface CardCertificateRequest {
  /** Digits. */
  readonly pan: string;
  /** The signed records without template 70, in order of the file locator, then what 9F4A names. */
  readonly staticData: Uint8Array;
}

/** What proves a card under one public key algorithm, as data objects for its records. */
export interface Certifier {
  readonly algorithm: PublicKeyAlgorithm;
  /** Of the card's own key, bytes. */
  readonly keyLength: number;
  /** The key that signs at the tap, as the card file keeps it. */
  readonly privateKey: Pick<CardFile, 'privateKey' | 'sm2PrivateKey'>;
  /** 90, 8F and what else the issuer's key takes. */
  issuerCertificate(): RecordObject[];
  /** 9F46 and what else the card's key takes. */
  cardCertificate(request: CardCertificateRequest): RecordObject[];
  /** 93. `dataAuthenticationCode`: 2 bytes. */
  signStaticData(dataAuthenticationCode: Uint8Array, staticData: Uint8Array): RecordObject;
}
