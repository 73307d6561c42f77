import type { LogFormat, LoggedMessage, LogText } from './log-format.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';

const BUFFER = /^(.{0,20}?)\s([io]) (bSendBuffer|bRecvBuffer|pbAtr)\s*$/;
/** Four digits of offset, then 16 bytes, then their text. */
const DUMP = /^(.{0,20}?)\s([io])\s{1,3}([0-9A-F]{4}) (?=[0-9A-F]{2}(?:\s|$))/;
const HEX_LENGTH = 47;
const CALL = /\bSCard\w+\s*$/;

/** The output of pcsc-spy: the buffers of each SCardTransmit as hex dumps. */
export const pcscSpy: LogFormat = {
  name: 'pcsc-spy',
  title: 'pcsc-spy',
  recognises: ({ lines }) =>
    lines.some(({ text }) => /\bSCardTransmit\s*$/.test(text)) && lines.some(({ text }) => BUFFER.test(text)),
  read: (log) => [pairMessages(messages(log))],
};

function* messages(log: LogText): Generator<LoggedMessage> {
  let call = '';
  let open: { direction: LoggedMessage['direction']; bytes: number[] } | undefined;
  for (const line of log.lines) {
    const dump = open && DUMP.exec(line.text);
    if (dump) {
      const from = dump[0].length;
      open!.bytes.push(...(readHex({ ...line, text: line.text.slice(0, from + HEX_LENGTH) }, from, log) ?? []));
      continue;
    }
    if (open && open.bytes.length > 0) yield { direction: open.direction, bytes: Uint8Array.from(open.bytes) };
    open = undefined;
    call = CALL.exec(line.text)?.[0].trim() ?? call;
    const [, , , buffer] = BUFFER.exec(line.text) ?? [];
    if (buffer === 'pbAtr') open = { direction: 'answer-to-reset', bytes: [] };
    else if (buffer !== undefined && call === 'SCardTransmit') {
      open = { direction: buffer === 'bSendBuffer' ? 'command' : 'response', bytes: [] };
    }
  }
  if (open && open.bytes.length > 0) yield { direction: open.direction, bytes: Uint8Array.from(open.bytes) };
}
