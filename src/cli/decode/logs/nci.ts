import { concat } from '../../../../emv/card-language.js';
import type { LogFormat, LoggedMessage, LogText } from './log-format.js';
import { looksLikeCommand } from './look-like.js';
import { pairMessages } from './pair-messages.js';
import { readHex } from './read-hex.js';
import { readTime } from './read-time.js';

/** `NxpNciX : len =  16 > 00000D00A4…` from the host, `NxpNciR : len =   5 > 0000029000` to it. */
const PACKET = /\bNxpNci([XR])\s*:\s*len =\s{0,6}\d{1,4}\s*>\s*/;
const HEADER_LENGTH = 3;
const DATA_MESSAGE = 0;
const MORE_FOLLOWS = 0x10;

/** The log of Android's NFC stack on NXP controllers: data messages of the NCI (NFC Forum NCI 1.0 §3.4.2). */
export const nci: LogFormat = {
  name: 'nci',
  title: 'Android logcat, NFC controller (NxpNciX / NxpNciR)',
  recognises: ({ lines }) => lines.some(({ text }) => PACKET.test(text)),
  read: (log) => [pairMessages(messages(log))],
};

interface DataMessage {
  readonly isFromHost: boolean;
  readonly bytes: Uint8Array;
  readonly time: string | undefined;
}

function* dataMessages(log: LogText): Generator<DataMessage> {
  const parts: Record<string, Uint8Array[]> = { X: [], R: [] };
  for (const line of log.lines) {
    const found = PACKET.exec(line.text);
    const packet = found && readHex(line, found.index + found[0].length, log);
    if (!packet || packet.length < HEADER_LENGTH || packet[0]! >> 5 !== DATA_MESSAGE) continue;
    const way = found![1]!;
    parts[way]!.push(packet.subarray(HEADER_LENGTH, HEADER_LENGTH + packet[2]!));
    if ((packet[0]! & MORE_FOLLOWS) !== 0) continue;
    yield { isFromHost: way === 'X', bytes: concat(...parts[way]!), time: readTime(line.text) };
    parts[way] = [];
  }
}

/** A phone that is a reader sends commands, one that is a card receives them. */
function* messages(log: LogText): Generator<LoggedMessage> {
  let hostIsReader: boolean | undefined;
  for (const { isFromHost, bytes, time } of dataMessages(log)) {
    if (looksLikeCommand(bytes)) hostIsReader ??= isFromHost;
    if (hostIsReader === undefined || bytes.length === 0) continue;
    const direction = isFromHost === hostIsReader ? 'command' : 'response';
    yield { direction, bytes, ...(time !== undefined && { time }) };
  }
}
