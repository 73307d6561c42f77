import { commandName, decode, decodeCommand, decodeDataObjectList, lookUpTag } from '../../../emv/index.js';

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

/** A status word, alone or behind data objects. One that ends in 00 reads as an empty object too, but none ends so. */
function isResponse(bytes: Uint8Array): boolean {
  const [high = 0] = bytes.subarray(-STATUS_WORD_LENGTH);
  const looksLikeStatusWord = (high >= 0x61 && high <= 0x6f) || (high >= 0x90 && high <= 0x9f);
  return (
    bytes.length >= STATUS_WORD_LENGTH &&
    looksLikeStatusWord &&
    succeeds(() => decode(bytes.subarray(0, -STATUS_WORD_LENGTH)))
  );
}

/** Only tags that the dictionary knows: a cut off data object can look like an entry of a list. */
const isDataObjectList = (bytes: Uint8Array): boolean =>
  bytes.length > 0 &&
  succeeds(() => decodeDataObjectList(bytes)) &&
  decodeDataObjectList(bytes).every(({ tag }) => lookUpTag(tag) !== undefined);
