import { type CardRecord, objectsOf } from '../card/index.js';
import {
  asRecorded,
  cardCertificate,
  type Files,
  files,
  HOLDER_TAGS,
  type Issuing,
  issuerCertificate,
  staticData,
} from './issuing.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import { fileLocator, packRecords } from './records.js';

/** 5F24, 5A and 9F4A stand in one record (JR/T 0025.12-2013 7.5). */
const SIGNED_TAGS = ['5F24', '5F25', '5A', '9F4A', '9F07', '9F08', '5F28'];
/** The last record, of 32 bytes at most, whose reading completes the transaction (JR/T 0025.12-2013 7.5). */
const LAST_RECORD_TAGS = ['9F74', '9F69'];
/** A dynamic signature of a longer key leaves no room for another object beside it in a record. */
const SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX = 238;
/** With a key of 1024 bits or less, signature and amount stand in the answer itself. */
const SIGNATURE_IN_ANSWER_MAX = 128;

/** Certificates, signed data, then what is made for the transaction; the last record stands alone. */
export function contactlessFiles(
  issuing: Issuing,
  application: ApplicationProfile,
  data: Record<string, string>,
): Files {
  const signed = objectsOf(data, SIGNED_TAGS);
  const certificates = packRecords(files.certificates, [
    ...issuerCertificate(issuing),
    ...cardCertificate(issuing, application, staticData(data['82']!, signed)),
  ]);
  const signedRecords = packRecords(files.signed, asRecorded(issuing, signed));
  const transaction = transactionRecords(issuing.certified.length);
  return {
    records: [
      ...packRecords(files.holder, objectsOf(data, HOLDER_TAGS)),
      ...certificates,
      ...signedRecords,
      ...transaction,
    ],
    locator: fileLocator([
      { records: certificates, signed: 0 },
      { records: signedRecords, signed: signedRecords.length },
      { records: transaction, signed: 0 },
    ]),
  };
}

/** JR/T 0025.12-2013 7.5 and table 12: with a key above 1024 bits, 9F4B and 9F5D stand in records, not the last. */
function transactionRecords(keyLength: number): CardRecord[] {
  const contents =
    keyLength <= SIGNATURE_IN_ANSWER_MAX
      ? [LAST_RECORD_TAGS]
      : keyLength <= SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX
        ? [['9F4B', '9F5D'], LAST_RECORD_TAGS]
        : [['9F4B'], ['9F5D'], LAST_RECORD_TAGS];
  return contents.map((objects, index) => ({
    shortFileIdentifier: files.transaction,
    recordNumber: index + 1,
    objects,
  }));
}
