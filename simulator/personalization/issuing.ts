import { concat, fromHex } from '../../emv/bytes.js';
import { encode } from '../../emv/tlv/index.js';
import type { CardRecord } from '../card/index.js';
import { SeededStream } from '../numbers/seeded-stream.js';
import { type Certificate, certifyCard } from './pki/certificates.js';
import type { RsaKey } from './pki/generate-rsa-key.js';
import type { TestIssuer, TestPki } from './pki/test-pki.js';
import type { ApplicationProfile, CardProfile } from './profile-schema.js';
import type { RecordObject } from './records.js';

/** All that the files of an application are made from. */
export interface Issuing {
  readonly profile: CardProfile;
  readonly pki: TestPki;
  readonly issuer: TestIssuer;
  readonly certified: RsaKey;
  readonly seed: string;
}

/** The records of an application on one path, and the locator that leads a terminal through them. */
export interface Files {
  readonly records: readonly CardRecord[];
  readonly locator: string;
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

export function issuerCertificate({ pki, issuer }: Issuing): RecordObject[] {
  const [first, ...others] = certificateObjects(issuer.certificate, {
    certificate: '90',
    exponent: '9F32',
    remainder: '92',
  });
  return [first!, { tag: '8F', value: fromHex(pki.keyIndex) }, ...others];
}

/** The card's certificate over the static data of one path. */
export function cardCertificate(issuing: Issuing, { pan }: ApplicationProfile, signed: Uint8Array): RecordObject[] {
  const { profile, issuer, certified, seed } = issuing;
  const [year, month] = [profile.certificateExpires.slice(2, 4), profile.certificateExpires.slice(5)];
  const certificate = certifyCard({
    issuer: issuer.key,
    card: certified,
    pan,
    expires: `${month}${year}`,
    serialNumber: new SeededStream(`${seed}/serial-number/${pan}`).next(3),
    staticData: signed,
  });
  return certificateObjects(certificate, { certificate: '9F46', exponent: '9F47', remainder: '9F48' });
}

function certificateObjects(
  { certificate, exponent, remainder }: Certificate,
  tags: Readonly<Record<keyof Certificate, string>>,
): RecordObject[] {
  return [
    { tag: tags.certificate, value: certificate },
    { tag: tags.exponent, value: exponent },
    ...(remainder.length === 0 ? [] : [{ tag: tags.remainder, value: remainder }]),
  ];
}
