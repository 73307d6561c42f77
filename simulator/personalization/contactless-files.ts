import { type CardRecord, objectsOf } from '../card/index.js';
import type { Certifier } from './certification/certifier.js';
import { asRecorded, certifiersFor, files, type Issuing, staticData } from './issuing.js';
import type { ApplicationProfile } from './profile/profile-schema.js';
import { fileLocator, type RecordFiles } from './records.js';

/** 5F24, 5A and 9F4A stand in one record (JR/T 0025.12-2013 7.5). */
const SIGNED_TAGS = ['5F24', '5F25', '5A', '9F4A', '9F07', '9F08', '5F28'];
/** The last record, of 32 bytes at most, whose reading completes the transaction (JR/T 0025.12-2013 7.5). */
const LAST_RECORD_TAGS = ['9F74', '9F69'];
/** A dynamic signature of a longer key leaves no room for another object beside it in a record. */
const SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX = 238;
/** With a key of 1024 bits or less, and so with every key of SM2, signature and amount stand in the answer itself. */
const SIGNATURE_IN_ANSWER_MAX = 128;

/**
 * Certificates, signed data, then what is made for the transaction; the last record stands alone. Returns the file
 * locator of each algorithm; the signed data are the same for all.
 */
export function contactlessFiles(
  card: RecordFiles,
  issuing: Issuing,
  application: ApplicationProfile,
  data: Record<string, string>,
): string[] {
  const signed = objectsOf(data, SIGNED_TAGS);
  const signedRecords = card.pack(files.signed, asRecorded(issuing, signed));
  return certifiersFor(issuing, application).map((certifier) => {
    const certificates = card.pack(files.certificates, [
      ...certifier.issuerCertificate(),
      ...certifier.cardCertificate({ pan: application.pan, staticData: staticData(data['82']!, signed) }),
    ]);
    return fileLocator([
      { records: certificates, signed: 0 },
      { records: signedRecords, signed: signedRecords.length },
      { records: transactionRecords(card, certifier), signed: 0 },
    ]);
  });
}

/** JR/T 0025.12-2013 7.5 and table 12: with a key above 1024 bits, 9F4B and 9F5D stand in records, not the last. */
function transactionRecords(card: RecordFiles, { keyLength }: Certifier): CardRecord[] {
  const contents =
    keyLength <= SIGNATURE_IN_ANSWER_MAX
      ? [LAST_RECORD_TAGS]
      : keyLength <= SIGNATURE_LENGTH_BESIDE_AMOUNT_MAX
        ? [['9F4B', '9F5D'], LAST_RECORD_TAGS]
        : [['9F4B'], ['9F5D'], LAST_RECORD_TAGS];
  return card.addTransactionRecords(files.transaction, contents);
}
