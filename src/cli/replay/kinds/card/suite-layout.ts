import { encode, fromHex, toHex } from '../../../../../emv/index.js';
import type { CardFile } from '../../../../../simulator/index.js';

type Application = CardFile['applications'][number];
type CardRecord = Application['records'][number];

/** Where this project's cards have the records of a transaction, and where the suite's have them. */
const OWN_TRANSACTION_FILE = 4;
const LAST_RECORD = { shortFileIdentifier: 3, recordNumber: 3 };
/** Terminal management data over contact (JR/T 0025.10-2013 6.4, DGI 0401), and track 1. */
const MANAGEMENT_FILE = 4;
const MANAGEMENT_OBJECTS = { '9F14': '03', '9F23': '07', '9F1F': '30313032303330343035303630373038' };
const ENTRY = /.{8}/g;

/**
 * A card as the suite lays its records: the last one of an approval is record 3 of file 3, and file 4 holds what the
 * terminal manages its risk with. Vectors name records by these places.
 */
export function layOutAsSuite(file: CardFile): CardFile {
  return { ...file, applications: file.applications.map(layOut) };
}

function layOut(application: Application): Application {
  const { data, contactData, electronicCashData, records, smTransaction } = application;
  // The suite has no card of both algorithms, and so no places for it.
  if (smTransaction !== undefined) return application;
  const transaction = records.filter((record) => record.shortFileIdentifier === OWN_TRANSACTION_FILE);
  const shift = LAST_RECORD.recordNumber - transaction.length;
  const moved = (record: CardRecord): CardRecord =>
    record.shortFileIdentifier === OWN_TRANSACTION_FILE
      ? {
          ...record,
          shortFileIdentifier: LAST_RECORD.shortFileIdentifier,
          recordNumber: record.recordNumber + shift,
        }
      : record;
  return {
    ...application,
    data: { ...data, '94': withLastFile(data['94']!, shift + 1) },
    ...(contactData && { contactData: withManagementFile(contactData) }),
    ...(electronicCashData && { electronicCashData: withManagementFile(electronicCashData) }),
    records: [...records.map(moved), managementRecord(data)],
  };
}

const entry = (file: number, first: number, last: number): string => toHex(Uint8Array.of(file << 3, first, last, 0));

function withLastFile(locator: string, firstRecord: number): string {
  const entries = locator.match(ENTRY)!.slice(0, -1);
  const { shortFileIdentifier, recordNumber } = LAST_RECORD;
  return [...entries, entry(shortFileIdentifier, firstRecord, recordNumber)].join('');
}

const withManagementFile = (data: Readonly<Record<string, string>>) => ({
  ...data,
  '94': `${data['94']}${entry(MANAGEMENT_FILE, 1, 1)}`,
});

function managementRecord(data: Readonly<Record<string, string>>): CardRecord {
  // What the card has of them stands in a record already.
  const children = Object.entries(MANAGEMENT_OBJECTS)
    .filter(([tag]) => data[tag] === undefined)
    .map(([tag, value]) => ({ tag, value: fromHex(value) }));
  return {
    shortFileIdentifier: MANAGEMENT_FILE,
    recordNumber: 1,
    bytes: toHex(encode([{ tag: '70', children }])),
  };
}
