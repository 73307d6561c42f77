import { fromHex } from '../../../emv/bytes.js';
import { decode } from '../../../emv/tlv/index.js';
import type { CardApplication } from '../../card/index.js';

/** Beside the records: the profile that 9F4A names, the list itself, and the locator that says what is signed. */
const SIGNED_BESIDES = ['82', '94', '9F4A'];
const ENTRY_LENGTH = 4;

/** The tags of all data objects that the issuer has signed, on whichever interface (EMV 4.3 Book 3 §10.2, §10.3). */
export function signedTags(application: CardApplication): ReadonlySet<string> {
  const { data, contactData, electronicCashData, smTransaction, records } = application;
  const places = [data, contactData, electronicCashData];
  const ofSm = [smTransaction?.data, smTransaction?.contactData, smTransaction?.electronicCashData];
  const signed = [...places, ...ofSm].flatMap((objects) => signedRecords(objects?.['94'] ?? ''));
  const tags = records
    .filter(({ shortFileIdentifier: file, recordNumber }) => signed.includes(`${file} ${recordNumber}`))
    .flatMap(({ bytes = '' }) => decode(fromHex(bytes)).flatMap(({ children = [] }) => children.map(({ tag }) => tag)));
  return new Set([...SIGNED_BESIDES, ...tags]);
}

function signedRecords(locator: string): string[] {
  const bytes = fromHex(locator);
  return Array.from({ length: bytes.length / ENTRY_LENGTH }, (_, entry) => {
    const [file, first, , count] = bytes.subarray(entry * ENTRY_LENGTH) as unknown as [number, number, number, number];
    return Array.from({ length: count }, (_, index) => `${file >> 3} ${first + index}`);
  }).flat();
}
