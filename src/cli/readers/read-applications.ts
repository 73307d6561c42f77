import {
  type DataObject,
  decode,
  decodeResponse,
  describeValue,
  encodeCommand,
  findFirst,
  fromAscii,
  fromHex,
  type Response,
  readRecord,
  select,
  TlvError,
  toHex,
} from '../../../emv/index.js';
import type { CardChannel } from '../../readers/index.js';
import names from './application-names.json';

/** An application on a card, as its directory tells of it; never who holds it. */
export interface CardApplication {
  readonly applicationIdentifier: string;
  /** `UnionPay debit`; absent for a name that nobody here knows. */
  readonly scheme?: string | undefined;
  readonly label?: string | undefined;
  /** 1 is the highest. */
  readonly priority?: number | undefined;
}

export interface CardApplications {
  /** Where they were found; `none`: there is no directory, and the well-known names were tried one by one. */
  readonly directory: 'PPSE' | 'PSE' | 'none';
  readonly applications: readonly CardApplication[];
}

const PPSE_NAME = fromAscii('2PAY.SYS.DDF01');
const PSE_NAME = fromAscii('1PAY.SYS.DDF01');
/** EMV 4.3 Book 1 §12.2.3. */
const DIRECTORY_FILE_MAX = 10;
const DIRECTORY_RECORDS_MAX = 16;
const PRIORITY_MASK = 0x0f;

/**
 * The payment applications of a card (EMV 4.3 Book 1 §12, JR/T 0025.12-2013 6.4): by the directory of its side, else by
 * trying the names of `application-names.json`. Selects, and changes nothing else. Throws ChannelError.
 */
export async function readApplications(
  channel: CardChannel,
  side: 'contact' | 'contactless',
): Promise<CardApplications> {
  const ask = async (command: Parameters<typeof encodeCommand>[0]) =>
    decodeResponse(await channel.transmit(encodeCommand(command)));
  const directory = await ask(select(side === 'contact' ? PSE_NAME : PPSE_NAME));
  if (directory.statusWord === 0x9000) {
    const entries =
      side === 'contact' ? await recordsOf(directory, ask) : entriesOf(directory.data, '6F', 'A5', 'BF0C');
    return { directory: side === 'contact' ? 'PSE' : 'PPSE', applications: entries.flatMap(applicationOf) };
  }
  const applications: CardApplication[] = [];
  for (const name of names) {
    const answer = await ask(select(fromHex(name)));
    if (answer.statusWord === 0x9000) applications.push(selectedApplication(answer, name));
  }
  return { directory: 'none', applications };
}

/** A directory over contact is a file of records, whose number its answer tells (88). */
async function recordsOf(
  directory: Response,
  ask: (command: ReturnType<typeof readRecord>) => Promise<Response>,
): Promise<DataObject[]> {
  const file = findFirst(tryDecode(directory.data), '6F', 'A5', '88')?.value[0] ?? 0;
  if (file < 1 || file > DIRECTORY_FILE_MAX) return [];
  const entries: DataObject[] = [];
  for (let record = 1; record <= DIRECTORY_RECORDS_MAX; record++) {
    const { statusWord, data } = await ask(readRecord(file, record));
    if (statusWord !== 0x9000) break;
    entries.push(...entriesOf(data, '70'));
  }
  return entries;
}

const entriesOf = (data: Uint8Array, ...path: [string, ...string[]]): DataObject[] =>
  (findFirst(tryDecode(data), ...path)?.children ?? []).filter(({ tag }) => tag === '61');

function applicationOf({ children = [] }: DataObject): CardApplication[] {
  const name = findFirst(children, '4F')?.value;
  return name === undefined ? [] : [describeApplication(name, children)];
}

function selectedApplication({ data }: Response, tried: string): CardApplication {
  const answer = findFirst(tryDecode(data), '6F')?.children ?? [];
  const own = findFirst(answer, 'A5')?.children ?? [];
  return describeApplication(findFirst(answer, '84')?.value ?? fromHex(tried), own);
}

function describeApplication(name: Uint8Array, objects: readonly DataObject[]): CardApplication {
  const label = findFirst(objects, '50')?.value;
  const priority = (findFirst(objects, '87')?.value[0] ?? 0) & PRIORITY_MASK;
  return {
    applicationIdentifier: toHex(name),
    scheme: describeValue('4F', name).meaning,
    label: label && describeValue('50', label).meaning,
    ...(priority !== 0 && { priority }),
  };
}

/** What a card says may be anything. */
function tryDecode(data: Uint8Array): readonly DataObject[] {
  try {
    return decode(data);
  } catch (error) {
    if (error instanceof TlvError) return [];
    throw error;
  }
}
