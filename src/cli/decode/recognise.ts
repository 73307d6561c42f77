import {
  commandName,
  decode,
  decodeCommand,
  decodeDataObjectList,
  decodeResponse,
  isConstructedTag,
  lookUpTag,
} from '../../../emv/index.js';

/** What bytes can be: data objects, an answer with its status word, a command, or a list of the data objects wanted. */
export type InputKind = 'tlv' | 'response' | 'command' | 'dol';

/** The first of command, response, data objects and data object list that the bytes are, else what they begin like. */
export function recognise(bytes: Uint8Array): InputKind {
  const isTlv = succeeds(() => decode(bytes));
  if (isCommand(bytes) && (!isTlv || isRatherCommand(bytes))) return 'command';
  if (isResponse(bytes)) return 'response';
  if (isTlv) return 'tlv';
  if (isDataObjectList(bytes)) return 'dol';
  return beginsLikeCommand(bytes) ? 'command' : 'tlv';
}

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

const COMMAND_LENGTH_MIN = 5;
const COMMAND_CLASSES: ReadonlySet<number> = new Set([0x00, 0x04, 0x80, 0x84]);

function beginsLikeCommand(bytes: Uint8Array): boolean {
  const [cla = -1, ins = -1] = bytes;
  return bytes.length >= 2 && COMMAND_CLASSES.has(cla) && !commandName({ cla, ins }).startsWith('INS');
}

const isCommand = (bytes: Uint8Array): boolean =>
  bytes.length >= COMMAND_LENGTH_MIN && beginsLikeCommand(bytes) && succeeds(() => decodeCommand(bytes));

const RECORD_TEMPLATE = 0x70;

/** Commands can read as padding and empty objects, VERIFY with its PIN among them; padding before a record is no command. */
const isRatherCommand = (bytes: Uint8Array): boolean => bytes[0]! < 0x80 && bytes[1] !== RECORD_TEMPLATE;

const STATUS_WORD_LENGTH = 2;

/** Of the status words that begin with 9 those that PBOC knows: the others are more often objects cut off. */
const STATUS_WORDS_OF_9: ReadonlySet<number> = new Set([0x9000, 0x9406, 0x9407]);

/** A status word, alone or behind data objects. One that ends in 00 reads as an empty object too, but none ends so. */
function isResponse(bytes: Uint8Array): boolean {
  if (bytes.length < STATUS_WORD_LENGTH) return false;
  const { data, statusWord } = decodeResponse(bytes);
  const looksLikeStatusWord = (statusWord >= 0x6100 && statusWord < 0x7000) || STATUS_WORDS_OF_9.has(statusWord);
  return looksLikeStatusWord && succeeds(() => decode(data));
}

const LIST_ENTRIES_MIN = 2;

/** Only primitive tags that the dictionary knows, and more than one: a lone entry is more often an object cut off. */
function isDataObjectList(bytes: Uint8Array): boolean {
  if (!succeeds(() => decodeDataObjectList(bytes))) return false;
  const entries = decodeDataObjectList(bytes);
  return (
    entries.length >= LIST_ENTRIES_MIN &&
    entries.every(({ tag }) => lookUpTag(tag) !== undefined && !isConstructedTag(tag))
  );
}
