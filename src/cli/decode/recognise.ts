import {
  commandName,
  decode,
  decodeAnswerToReset,
  decodeCommand,
  decodeDataObjectList,
  decodeResponse,
  isConstructedTag,
  lookUpTag,
  toAscii,
  toHex,
} from '../../../emv/card-language.js';

/** Data objects, an answer with its status word, a command, a list of data objects wanted, an answer to reset, a track. */
export type InputKind = 'tlv' | 'response' | 'command' | 'dol' | 'atr' | 'track';

/**
 * The first of answer to reset, command, response, data objects, track and data object list that the bytes are, else
 * what they begin like.
 */
export function recognise(bytes: Uint8Array): InputKind {
  if (isAnswerToReset(bytes)) return 'atr';
  const isTlv = succeeds(() => decode(bytes));
  if (isCommand(bytes) && (!isTlv || isRatherCommand(bytes))) return 'command';
  if (isResponse(bytes)) return 'response';
  if (isTlv) return 'tlv';
  if (looksLikeTrack(toHex(bytes)) || looksLikeTrack(toAscii(bytes))) return 'track';
  if (isDataObjectList(bytes)) return 'dol';
  return beginsLikeCommand(bytes) ? 'command' : 'tlv';
}

function isAnswerToReset(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x3b && bytes[0] !== 0x3f) return false;
  if (!succeeds(() => decodeAnswerToReset(bytes))) return false;
  const { check } = decodeAnswerToReset(bytes);
  return check === undefined || check.value === check.expected || !succeeds(() => decode(bytes));
}

const TRACK = /^(?:%?B\d{8,19}\^|;?\d{8,19}[=D]\d{4})/i;

/** Text, or hex, that begins with a card number, a separator and an expiry. */
export const looksLikeTrack = (text: string): boolean => TRACK.test(text.slice(0, 40));

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
