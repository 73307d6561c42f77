import { setTimeout as sleep } from 'node:timers/promises';
import { fromHex } from '../../../emv/bytes.js';
import { type CardChannel, ChannelError } from '../card-channel.js';
import type { ReaderChannel } from '../pcsc/pcsc.js';
import { type ReaderCommand, type ReaderCommandName, readerKindOf, type Signal } from './reader-kind.js';

/** The control code by which a CCID driver hands bytes to its reader: Microsoft's, and that of libccid and acsccid. */
const ESCAPE_CODE = process.platform === 'win32' ? 3500 : 1;
/** What precedes the data of an answer to an escape: `E1 00 00 00` and their length. */
const ESCAPE_ANSWER_HEADER_LENGTH = 5;

/** GET DATA to the reader (PC/SC part 3 §3.2.2.1.3): every contactless reader has it, whatever its kind. */
export const GET_UID = fromHex('FFCA000000');
const GET_ATS = fromHex('FFCA010000');

/** The unique identifier of a contactless card; `undefined` where the reader does not tell. */
export const readUid = (channel: CardChannel): Promise<Uint8Array | undefined> => getReaderData(channel, GET_UID);

/** The answer to select of a card of ISO/IEC 14443 A; `undefined` where card or reader has none. */
export const readAts = (channel: CardChannel): Promise<Uint8Array | undefined> => getReaderData(channel, GET_ATS);

async function getReaderData(channel: CardChannel, command: Uint8Array): Promise<Uint8Array | undefined> {
  const response = await channel.transmit(command);
  const isDone = response.at(-2) === 0x90 && response.at(-1) === 0x00;
  return isDone && response.length > 2 ? response.subarray(0, -2) : undefined;
}

/**
 * Puts one of its own commands to a reader. Gives what the reader says, without status word or header. Throws
 * `reader-command-unsupported` where the kind has no such command, or the reader refuses it.
 */
export async function askReader(channel: ReaderChannel, name: ReaderCommandName): Promise<Uint8Array> {
  const command = readerKindOf(channel.name).commands[name];
  if (command === undefined) throw unsupported(`${channel.name} has no command ${name} that we know`);
  return send(channel, command);
}

/**
 * Tells the holder by lamp and buzzer: green and one beep, or red and two. False where the reader has neither, or does
 * not obey, or the card has left; a tap is never lost by it.
 */
export async function signal(channel: ReaderChannel, which: Signal): Promise<boolean> {
  const steps = readerKindOf(channel.name).signals?.[which];
  if (steps === undefined) return false;
  try {
    for (const { thenWaitMs, ...step } of steps) {
      await send(channel, step);
      if (thenWaitMs !== undefined) await sleep(thenWaitMs);
    }
    return true;
  } catch (error) {
    if (error instanceof ChannelError) return false;
    throw error;
  }
}

async function send(channel: ReaderChannel, command: ReaderCommand): Promise<Uint8Array> {
  if ('control' in command) {
    const answer = await channel.control(ESCAPE_CODE, fromHex(command.control));
    return answer.subarray(ESCAPE_ANSWER_HEADER_LENGTH);
  }
  return withoutStatusWord(await channel.transmit(fromHex(command.transmit)), channel.name);
}

/**
 * The firmware's name comes without a status word, all else with 90xx, whose second byte is the answer where there is no
 * other.
 */
function withoutStatusWord(response: Uint8Array, readerName: string): Uint8Array {
  if (response.length > 2) return response.at(-2) === 0x90 ? response.subarray(0, -2) : response;
  if (response[0] === 0x90) return response.subarray(1);
  throw unsupported(`${readerName} refuses the command`);
}

const unsupported = (message: string) => new ChannelError('reader-command-unsupported', message);
