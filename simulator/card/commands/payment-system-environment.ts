import type { Response } from '../../../emv/apdu/index.js';
import { equalBytes, fromAscii, fromHex } from '../../../emv/bytes.js';
import { onceFor } from '../../../emv/once-for.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { CardApplication, CardFile, CardInterface } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { packObjects } from '../pack-objects.js';
import { objectsOf } from '../personalized.js';

/** PSE over contact (EMV 4.3 Book 1 §12.2), PPSE over contactless (JR/T 0025.12-2013 6.4). */
const environments: Readonly<Record<CardInterface, string>> = {
  contact: '1PAY.SYS.DDF01',
  contactless: '2PAY.SYS.DDF01',
};

/** The same as they are selected. */
const names: Readonly<Record<CardInterface, Uint8Array>> = {
  contact: fromAscii(environments.contact),
  contactless: fromAscii(environments.contactless),
};

export const isEnvironment = (name: Uint8Array, by: CardInterface): boolean => equalBytes(name, names[by]);

/** The file of the directory's records in the PSE. */
const DIRECTORY_FILE = 1;

/** SELECT of the directory of the applications: over contactless it holds the entries, over contact it names their file. */
export function selectEnvironment(session: CardSession): Response {
  if (session.interface === 'contactless') return answer(contactlessDirectoryOf(session.file));
  const name = { tag: '84', value: names.contact };
  session.stage = { name: 'directory' };
  const proprietary = [
    { tag: '88', value: Uint8Array.of(DIRECTORY_FILE) },
    ...objectsOf(session.application(0).data, ['5F2D']),
  ];
  return answer(encode([{ tag: '6F', children: [name, { tag: 'A5', children: proprietary }] }]));
}

/** Put together once for a card: nothing changes it. */
const contactlessDirectoryOf = onceFor((file: CardFile): Uint8Array => {
  const name = { tag: '84', value: names.contactless };
  const discretionary = { tag: 'BF0C', children: entriesOf(file) };
  return encode([{ tag: '6F', children: [name, { tag: 'A5', children: [discretionary] }] }]);
});

/** READ RECORD in the directory (EMV 4.3 Book 1 §12.2.3): as many entries in a record as fit. */
export function readDirectory(session: CardSession, shortFileIdentifier: number, recordNumber: number): Response {
  if (shortFileIdentifier !== DIRECTORY_FILE) return refuse('file-not-found');
  const record = packObjects(entriesOf(session.file))[recordNumber - 1];
  return record === undefined ? refuse('record-not-found') : answer(record);
}

const entriesOf = ({ applications, transport }: CardFile) =>
  [...applications, ...(transport === undefined ? [] : [transport])].map(directoryEntry);

function directoryEntry(application: Pick<CardApplication, 'applicationIdentifier' | 'label' | 'priority'>) {
  const name = { tag: '4F', value: fromHex(application.applicationIdentifier) };
  return { tag: '61', children: [name, ...labelAndPriority(application)] };
}

/** 50 and 87, as the directory and the application itself tell them. */
export function labelAndPriority({ label, priority }: Pick<CardApplication, 'label' | 'priority'>) {
  return [
    { tag: '50', value: fromAscii(label) },
    ...(priority === undefined ? [] : [{ tag: '87', value: Uint8Array.of(priority) }]),
  ];
}
