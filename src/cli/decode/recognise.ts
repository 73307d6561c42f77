import {
  ApduError,
  decode,
  type ExplainedObject,
  type ExplainOptions,
  explain,
  explainCommand,
  explainResponse,
  TlvError,
} from '../../../emv/index.js';

/** What the bytes turned out to be, as the list that `--json` prints. */
export interface Recognised {
  readonly kind: 'data-objects' | 'response' | 'command';
  readonly objects: readonly ExplainedObject[];
}

/**
 * A command, a response (data objects and a status word, or a status word alone) or data objects, whichever the bytes
 * can be. Throws the TlvError of data objects where they are none of these.
 */
export function recognise(bytes: Uint8Array, options: ExplainOptions): Recognised {
  if (!isTlv(bytes)) {
    const asCommand = beginsLikeCommand(bytes) ? readCommand(bytes, options) : undefined;
    if (asCommand) return { kind: 'command', objects: asCommand };
  }
  if (isResponse(bytes)) return { kind: 'response', objects: explainResponse(bytes, options) };
  return { kind: 'data-objects', objects: explain(bytes, options) };
}

const isTlv = (bytes: Uint8Array): boolean => {
  try {
    decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TlvError) return false;
    throw error;
  }
};

const STATUS_WORD_LENGTH = 2;

const looksLikeStatusWord = (high: number): boolean => (high >= 0x61 && high <= 0x6f) || (high >= 0x90 && high <= 0x9f);

function isResponse(bytes: Uint8Array): boolean {
  const [high = 0] = bytes.subarray(-STATUS_WORD_LENGTH);
  if (bytes.length < STATUS_WORD_LENGTH || !looksLikeStatusWord(high)) return false;
  if (bytes.length === STATUS_WORD_LENGTH) return true;
  return !isTlv(bytes) && isTlv(bytes.subarray(0, -STATUS_WORD_LENGTH));
}

const COMMAND_LENGTH_MIN = 5;
const COMMAND_CLASSES: ReadonlySet<number> = new Set([0x00, 0x04, 0x80, 0x84]);

const beginsLikeCommand = (bytes: Uint8Array): boolean =>
  bytes.length >= COMMAND_LENGTH_MIN && COMMAND_CLASSES.has(bytes[0]!);

function readCommand(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  try {
    return explainCommand(bytes, options);
  } catch (error) {
    if (error instanceof ApduError) return undefined;
    throw error;
  }
}
