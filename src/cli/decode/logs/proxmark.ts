import { concat } from '../../../../emv/card-language.js';
import type { LogFormat, LoggedMessage, LogLine, LogText } from './log-format.js';
import { looksLikeCommand } from './look-like.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';

/** `Start | End | Src | Data | CRC | Annotation`; long frames go on in lines without the first three. */
const ROW = /^\s*(\d*)\s*\|\s*(\d*)\s*\|\s*(Rdr|Tag|)\s*\|([^|]*)\|/;

/** Proxmark3's list of a trace by ISO/IEC 14443-4: the information fields of its blocks, chained ones joined. */
export const proxmark: LogFormat = {
  name: 'proxmark3',
  title: 'Proxmark3 (trace list)',
  recognises: ({ lines }) => lines.some(({ text }) => ROW.exec(text)?.[3] === 'Rdr'),
  read: (log) => [pairMessages(messages(log))],
};

interface Frame {
  readonly isReader: boolean;
  readonly bytes: Uint8Array;
}

function* frames(log: LogText): Generator<Frame> {
  let open: Frame | undefined;
  for (const line of log.lines) {
    const [, start = '', , source, cell] = ROW.exec(line.text) ?? [];
    if (cell === undefined) continue;
    const bytes = bytesOf(line, cell, log);
    if (source === '' && start === '' && open !== undefined) open = { ...open, bytes: concat(open.bytes, bytes) };
    else {
      if (open !== undefined) yield open;
      open = source === '' ? undefined : { isReader: source === 'Rdr', bytes };
    }
  }
  if (open !== undefined) yield open;
}

/** `!` marks a parity error, brackets the check bytes. */
function bytesOf(line: LogLine, cell: string, log: LogText): Uint8Array {
  const start = line.text.indexOf(cell, line.text.indexOf('|', line.text.indexOf('|', line.text.indexOf('|') + 1) + 1));
  const text = line.text.slice(0, start + cell.length).replace(/[![\]]/g, ' ');
  return readHex({ ...line, text }, start, log) ?? new Uint8Array(0);
}

const CHECK_LENGTH = 2;
const CHAINING = 0x10;
const CARD_IDENTIFIER_FOLLOWS = 0x08;
const NODE_ADDRESS_FOLLOWS = 0x04;

/** The information field of an I-block (ISO/IEC 14443-4 §7.1). */
function informationOf({ bytes }: Frame): { readonly field: Uint8Array; readonly isChained: boolean } | undefined {
  const control = bytes[0];
  if (control === undefined || (control & 0xe2) !== 0x02) return undefined;
  const start =
    1 + ((control & CARD_IDENTIFIER_FOLLOWS) === 0 ? 0 : 1) + ((control & NODE_ADDRESS_FOLLOWS) === 0 ? 0 : 1);
  if (bytes.length < start + CHECK_LENGTH) return undefined;
  return { field: bytes.subarray(start, -CHECK_LENGTH), isChained: (control & CHAINING) !== 0 };
}

function* messages(log: LogText): Generator<LoggedMessage> {
  let parts: Uint8Array[] = [];
  let isReader = true;
  let awaitsAnswer = false;
  for (const frame of frames(log)) {
    const block = informationOf(frame);
    if (block === undefined) continue;
    if (frame.isReader !== isReader) parts = [];
    isReader = frame.isReader;
    parts.push(block.field);
    if (block.isChained) continue;
    const bytes = concat(...parts);
    parts = [];
    if (isReader && (looksLikeCommand(bytes) || bytes.length >= 4)) {
      awaitsAnswer = true;
      yield { direction: 'command', bytes };
    } else if (!isReader && awaitsAnswer) {
      awaitsAnswer = false;
      yield { direction: 'response', bytes };
    }
  }
}
