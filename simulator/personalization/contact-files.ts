import { type CardRecord, namedBits, objectsOf } from '../card/index.js';
import { SeededStream } from '../numbers/seeded-stream.js';
import {
  asRecorded,
  cardCertificate,
  type Files,
  files,
  HOLDER_TAGS,
  type Issuing,
  issuerCertificate,
  signingIssuerKey,
  staticData,
} from './issuing.js';
import { signStaticData } from './pki/certificates.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import { fileLocator, packRecords, type RecordObject } from './records.js';

const SIGNED_TAGS = ['5A', '5F34', '8E', '9F0D', '9F0E', '9F0F', '5F24', '5F28', '9F07', '5F25', '9F4A', '8C', '8D'];
const UNSIGNED_TAGS = ['9F08', '9F42', '5F30', '9F49', '97', '9F14', '9F23', '9F61', '9F62'];

/** Debit/credit over contact, and electronic cash where the application has it. */
export interface ContactFiles extends Files {
  readonly electronicCashLocator?: string;
}

/**
 * The files over contact (JR/T 0025.10-2013 6.4). The application interchange profile is signed, and electronic cash has
 * one of its own: so it has a certificate of its own too.
 */
export function contactFiles(
  issuing: Issuing,
  application: ApplicationProfile,
  data: Record<string, string>,
  electronicCashProfile: string | undefined,
): ContactFiles {
  const signed = objectsOf(data, SIGNED_TAGS);
  const authenticated = (file: number, profile: string, more: readonly RecordObject[] = []) =>
    packRecords(file, [...authentication(issuing, application, profile, signed), ...more]);
  const holder = packRecords(files.holder, objectsOf(data, HOLDER_TAGS));
  const issuer = packRecords(files.contactCertificates, issuerCertificate(issuing));
  const card = authenticated(files.contactCard, data['82']!);
  const signedRecords = packRecords(files.contactSigned, asRecorded(issuing, signed));
  const unsigned = packRecords(files.contactUnsigned, objectsOf(data, UNSIGNED_TAGS));
  const cash =
    electronicCashProfile === undefined
      ? []
      : authenticated(files.electronicCash, electronicCashProfile, objectsOf(data, ['9F74']));
  const locator = (path: readonly CardRecord[]) =>
    fileLocator([
      { records: holder, signed: 0 },
      { records: issuer, signed: 0 },
      { records: path, signed: 0 },
      { records: signedRecords, signed: signedRecords.length },
      { records: unsigned, signed: 0 },
    ]);
  return {
    records: [...holder, ...issuer, ...card, ...signedRecords, ...unsigned, ...cash],
    locator: locator(card),
    ...(cash.length === 0 ? {} : { electronicCashLocator: locator(cash) }),
  };
}

/** What proves the card under one profile: a static signature, a certificate, or both, as the profile announces. */
function authentication(
  issuing: Issuing,
  application: ApplicationProfile,
  profile: string,
  signed: readonly RecordObject[],
): RecordObject[] {
  const announced = namedBits('82', profile);
  const isDynamic = announced.has('dynamicDataAuthentication') || announced.has('combinedDataAuthentication');
  const covered = staticData(profile, signed);
  const code = new SeededStream(`${issuing.seed}/data-authentication-code/${application.pan}`).next(2);
  return [
    ...(announced.has('staticDataAuthentication')
      ? [{ tag: '93', value: signStaticData(signingIssuerKey(issuing), code, covered) }]
      : []),
    ...(isDynamic ? cardCertificate(issuing, application, covered) : []),
  ];
}
