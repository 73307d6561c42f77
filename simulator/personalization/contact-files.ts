import { type CardRecord, namedBits, objectsOf } from '../card/index.js';
import { SeededStream } from '../numbers/seeded-stream.js';
import type { Certifier } from './certification/certifier.js';
import { asRecorded, certifiersFor, files, type Issuing, staticData } from './issuing.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import { fileLocator, type RecordFiles, type RecordObject } from './records.js';

const SIGNED_TAGS = ['5A', '5F34', '8E', '9F0D', '9F0E', '9F0F', '5F24', '5F28', '9F07', '5F25', '9F4A', '8C', '8D'];
const UNSIGNED_TAGS = ['9F08', '9F42', '5F30', '9F49', '97', '9F14', '9F23', '9F61', '9F62'];

/** Debit/credit over contact, and electronic cash where the application has it. */
export interface ContactLocators {
  readonly locator: string;
  readonly electronicCashLocator?: string;
}

export interface ContactFilesInput {
  readonly application: ApplicationProfile;
  /** With the values that hold over contact. */
  readonly data: Record<string, string>;
  readonly electronicCashProfile: string | undefined;
  /** The holder's records, which the contactless interface shares. */
  readonly holder: readonly CardRecord[];
}

/**
 * The files over contact (JR/T 0025.10-2013 6.4), with the locators of each algorithm. The application interchange
 * profile is signed, and electronic cash has one of its own: so it has a certificate of its own too.
 */
export function contactFiles(
  card: RecordFiles,
  issuing: Issuing,
  { application, data, electronicCashProfile, holder }: ContactFilesInput,
): ContactLocators[] {
  const signed = objectsOf(data, SIGNED_TAGS);
  const signedRecords = card.pack(files.contactSigned, asRecorded(issuing, signed));
  const unsigned = card.pack(files.contactUnsigned, objectsOf(data, UNSIGNED_TAGS));
  const code = new SeededStream(`${issuing.seed}/data-authentication-code/${application.pan}`).next(2);
  return certifiersFor(issuing, application).map((certifier) => {
    const issuer = card.pack(files.contactCertificates, certifier.issuerCertificate());
    const locator = (file: number, profile: string, more: readonly RecordObject[] = []) => {
      const covered = { pan: application.pan, staticData: staticData(profile, signed) };
      const proof = card.pack(file, [...authentication(certifier, profile, covered, code), ...more]);
      return fileLocator([
        { records: holder, signed: 0 },
        { records: issuer, signed: 0 },
        { records: proof, signed: 0 },
        { records: signedRecords, signed: signedRecords.length },
        { records: unsigned, signed: 0 },
      ]);
    };
    return {
      locator: locator(files.contactCard, data['82']!),
      ...(electronicCashProfile === undefined
        ? {}
        : {
            electronicCashLocator: locator(files.electronicCash, electronicCashProfile, objectsOf(data, ['9F74'])),
          }),
    };
  });
}

/** What proves the card under one profile: a static signature, a certificate, or both, as the profile announces. */
function authentication(
  certifier: Certifier,
  profile: string,
  covered: { readonly pan: string; readonly staticData: Uint8Array },
  code: Uint8Array,
): RecordObject[] {
  const announced = namedBits('82', profile);
  const isDynamic = announced.has('dynamicDataAuthentication') || announced.has('combinedDataAuthentication');
  return [
    ...(announced.has('staticDataAuthentication') ? [certifier.signStaticData(code, covered.staticData)] : []),
    ...(isDynamic ? certifier.cardCertificate(covered) : []),
  ];
}
