import { concat, decodeNumeric, encodeNumeric, fromHex } from '../../emv/bytes.js';
import { encode } from '../../emv/tlv/index.js';
import type { CardRecord } from '../card/index.js';
import { SeededStream } from '../numbers/seeded-stream.js';
import { strangerKey } from './flaws/issuer-of-card.js';
import { nextPan } from './pan.js';
import { type Certificate, certifyCard } from './pki/certificates.js';
import type { RsaKey } from './pki/generate-rsa-key.js';
import type { TestIssuer, TestPki } from './pki/test-pki.js';
import type { ApplicationProfile, CardProfile } from './profile/profile-schema.js';
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

/** No certification authority of ours, and none of UnionPay's, has a key of this index. */
const UNKNOWN_KEY_INDEX = 'FE';

export function issuerCertificate({ pki, issuer, profile }: Issuing): RecordObject[] {
  const [first, ...others] = certificateObjects(issuer.certificate, {
    certificate: '90',
    exponent: '9F32',
    remainder: '92',
  });
  return [
    first!,
    { tag: '8F', value: fromHex(profile.flaw === 'unknown-authority' ? UNKNOWN_KEY_INDEX : pki.keyIndex) },
    ...others,
  ];
}

/** What certifies the card and signs its static data: the issuer's key, or a stranger's on a forged card. */
export const signingIssuerKey = ({ profile, pki, issuer }: Issuing): RsaKey =>
  profile.flaw === 'issuer-signs-with-another-key'
    ? strangerKey(`${pki.seed}/issuer/${profile.issuer}`, issuer.key)
    : issuer.key;

const YEARS_PUT_OFF = 10;

/** The signed objects as the records carry them: the last day (5F24) is not the signed one on a forged card. */
export function asRecorded({ profile }: Issuing, signed: readonly RecordObject[]): readonly RecordObject[] {
  if (profile.flaw !== 'altered-after-signing') return signed;
  return signed.map(({ tag, value }) => (tag === '5F24' ? { tag, value: putOff(value) } : { tag, value }));
}

const putOff = (day: Uint8Array): Uint8Array =>
  concat(encodeNumeric(decodeNumeric(day.subarray(0, 1))! + YEARS_PUT_OFF, 1), day.subarray(1));

/** The card's certificate over the static data of one path. */
export function cardCertificate(issuing: Issuing, { pan }: ApplicationProfile, signed: Uint8Array): RecordObject[] {
  const { profile, certified, seed } = issuing;
  const [year, month] = [profile.certificateExpires.slice(2, 4), profile.certificateExpires.slice(5)];
  const certificate = certifyCard({
    issuer: signingIssuerKey(issuing),
    card: certified,
    pan: profile.flaw === 'certificate-of-another-card' ? nextPan(pan) : pan,
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
