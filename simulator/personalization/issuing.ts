import { concat, decodeNumeric, encodeNumeric, fromHex } from '../../emv/bytes.js';
import { encode } from '../../emv/tlv/index.js';
import type { PublicKeyAlgorithm } from '../card/index.js';
import type { Certifier } from './certification/certifier.js';
import type { CertifierInput } from './certification/certifier-input.js';
import type { TestIssuer } from './pki/test-pki.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import type { RecordObject } from './records.js';

/** All that the files of an application are made from. */
export interface Issuing extends CertifierInput {
  readonly issuer: TestIssuer;
  /** Those of the algorithms that an application of the card has. */
  readonly certifiers: Readonly<Partial<Record<PublicKeyAlgorithm, Certifier>>>;
}

/** Those of one application; RSA first, which is what a terminal gets that knows nothing else. */
export function certifiersFor({ certifiers }: Issuing, { publicKeyAlgorithms }: ApplicationProfile): Certifier[] {
  return [...publicKeyAlgorithms].sort().map((algorithm) => certifiers[algorithm]!);
}

/** Short file identifiers: those of the contact path stand beside those of the contactless one. */
export const files = {
  holder: 1,
  certificates: 2,
  signed: 3,
  transaction: 4,
  contactCertificates: 6,
  contactCard: 7,
  contactSigned: 8,
  contactUnsigned: 9,
  electronicCash: 10,
} as const;

export const HOLDER_TAGS = ['57', '5F20'];

/** The signed records without their templates, then the profile that 9F4A names (EMV 4.3 Book 3 §10.3). */
export function staticData(interchangeProfile: string, signed: readonly RecordObject[]): Uint8Array {
  return concat(encode(signed), fromHex(interchangeProfile));
}

const YEARS_PUT_OFF = 10;

/** The signed objects as the records carry them: the last day (5F24) is not the signed one on a forged card. */
export function asRecorded({ profile }: Issuing, signed: readonly RecordObject[]): readonly RecordObject[] {
  if (profile.flaw !== 'altered-after-signing') return signed;
  return signed.map(({ tag, value }) => (tag === '5F24' ? { tag, value: putOff(value) } : { tag, value }));
}

const putOff = (day: Uint8Array): Uint8Array =>
  concat(encodeNumeric(decodeNumeric(day.subarray(0, 1))! + YEARS_PUT_OFF, 1), day.subarray(1));
