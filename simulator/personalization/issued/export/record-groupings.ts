import { fromHex } from '../../../../emv/bytes.js';
import { encode } from '../../../../emv/tlv/index.js';
import type { CardApplication, CardFile, CardRecord } from '../../../card/index.js';
import type { DataGrouping } from './data-grouping.js';

/** What has its room in a record and is filled in at the tap: bytes of it; 9F4B is as long as the card's key. */
const ROOM: Readonly<Record<string, number>> = { '9F5D': 6, '9F69': 8 };
const SM2_SIGNATURE_LENGTH = 64;

/** The records of an application, as they are written into its files with template 70 (JR/T 0025.10-2013 6.4). */
export function recordGroupings(file: CardFile, { records, data }: CardApplication): DataGrouping[] {
  return records.map((record) => ({
    identifier: identifierOf(record),
    name: `file ${record.shortFileIdentifier}, record ${record.recordNumber}`,
    data: record.bytes === undefined ? withRoom(record, data, file) : fromHex(record.bytes),
    content: 'objects' as const,
  }));
}

const identifierOf = ({
  shortFileIdentifier,
  recordNumber,
}: Pick<CardRecord, 'shortFileIdentifier' | 'recordNumber'>) =>
  [shortFileIdentifier, recordNumber]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

function withRoom({ objects = [] }: CardRecord, data: CardApplication['data'], { privateKey }: CardFile): Uint8Array {
  const signatureLength = privateKey === undefined ? SM2_SIGNATURE_LENGTH : privateKey.modulus.length / 2;
  const children = objects.map((tag) => {
    const personalized = data[tag];
    const room = tag === '9F4B' ? signatureLength : (ROOM[tag] ?? 0);
    return { tag, value: personalized === undefined ? new Uint8Array(room) : fromHex(personalized) };
  });
  return encode([{ tag: '70', children }]);
}
