import type { Response } from '../../../emv/apdu/index.js';
import { fromAscii, fromHex } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { CardApplication, CardInterface } from '../card-file.js';
import type { CardSession } from '../card-session.js';

/** PSE over contact (EMV 4.3 Book 1 §12.2), PPSE over contactless (JR/T 0025.12-2013 6.4). */
export const environments: Readonly<Record<CardInterface, string>> = {
  contact: '1PAY.SYS.DDF01',
  contactless: '2PAY.SYS.DDF01',
};

/** The file of the directory's records in the PSE. */
const DIRECTORY_FILE = 1;
const RECORD_LENGTH_MAX = 254;

/** SELECT of the directory of the applications: over contactless it holds the entries, over contact it names their file. */
export function selectEnvironment(session: CardSession): Response {
  const { applications } = session.file;
  const name = { tag: '84', value: fromAscii(environments[session.interface]) };
  if (session.interface === 'contactless') {
    const discretionary = { tag: 'BF0C', children: applications.map(directoryEntry) };
    return answer(encode([{ tag: '6F', children: [name, { tag: 'A5', children: [discretionary] }] }]));
  }
  session.stage = { name: 'directory' };
  const language = session.application(0).data['5F2D'];
  const proprietary = [
    { tag: '88', value: Uint8Array.of(DIRECTORY_FILE) },
    ...(language === undefined ? [] : [{ tag: '5F2D', value: fromHex(language) }]),
  ];
  return answer(encode([{ tag: '6F', children: [name, { tag: 'A5', children: proprietary }] }]));
}

/** READ RECORD in the directory (EMV 4.3 Book 1 §12.2.3): as many entries in a record as fit. */
export function readDirectory(session: CardSession, shortFileIdentifier: number, recordNumber: number): Response {
  if (shortFileIdentifier !== DIRECTORY_FILE) return refuse('file-not-found');
  const record = directoryRecords(session.file.applications)[recordNumber - 1];
  return record === undefined ? refuse('record-not-found') : answer(record);
}

function directoryRecords(applications: readonly CardApplication[]): Uint8Array[] {
  const records: ReturnType<typeof directoryEntry>[][] = [];
  for (const entry of applications.map(directoryEntry)) {
    const last = records.at(-1);
    if (last !== undefined && directoryRecord([...last, entry]).length <= RECORD_LENGTH_MAX) last.push(entry);
    else records.push([entry]);
  }
  return records.map(directoryRecord);
}

const directoryRecord = (entries: readonly ReturnType<typeof directoryEntry>[]) =>
  encode([{ tag: '70', children: entries }]);

function directoryEntry({ applicationIdentifier, label, priority }: CardApplication) {
  return {
    tag: '61',
    children: [
      { tag: '4F', value: fromHex(applicationIdentifier) },
      { tag: '50', value: fromAscii(label) },
      ...(priority === undefined ? [] : [{ tag: '87', value: Uint8Array.of(priority) }]),
    ],
  };
}
