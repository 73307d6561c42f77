import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openCardFile } from '../../../simulator/index.js';
import {
  type CardChannel,
  createRecordedChannel,
  createSoftwareChannel,
  openPcsc,
  type PcscBindingName,
  parseTranscript,
} from '../../readers/index.js';
import { findCard } from '../card/find-card.js';
import { CommandError } from '../exit-codes.js';
import { type RecordedTerminal, recordedTerminal } from './recorded-terminal.js';

export interface CardPlace {
  readonly card?: string | undefined;
  readonly transcript?: string | undefined;
  readonly reader?: string | undefined;
  readonly binding?: PcscBindingName | undefined;
  readonly timeoutMs: number;
  readonly state: string;
  readonly signal?: AbortSignal | undefined;
  /** Said while waiting: `present a card to …`, or what is in the way. */
  readonly onWaiting?: (message: string) => void;
}

/** A channel to the card, wherever it lies, and what has to be put away with it. */
export interface OpenedCard {
  readonly channel: CardChannel;
  /** The terminal's side of a transcript. */
  readonly terminal?: RecordedTerminal;
  close(): Promise<void>;
}

export function openChannel(place: CardPlace): Promise<OpenedCard> {
  if ([place.card, place.transcript, place.reader].filter((where) => where !== undefined).length > 1) {
    throw new CommandError('card-ambiguous', 'give one of --card, --reader and --transcript');
  }
  if (place.card !== undefined) return openSoftwareCard(place.card, place.state);
  if (place.transcript !== undefined) return openTranscript(place.transcript);
  return openReader(place);
}

async function openSoftwareCard(name: string, state: string): Promise<OpenedCard> {
  const card = openCardFile(findCard(name, state).path, { random: randomBytes });
  const channel = createSoftwareChannel(card, `software card ${name}`);
  const close = async () => {
    await channel.close();
    card.close();
  };
  return { channel, close };
}

async function openTranscript(path: string): Promise<OpenedCard> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError('transcript-unreadable', error.message);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError('transcript-invalid', `${path} is not JSON: ${(error as Error).message}`);
  }
  const transcript = parseTranscript(value);
  const channel = createRecordedChannel(transcript);
  return { channel, terminal: recordedTerminal(transcript), close: () => channel.close() };
}

async function openReader({ reader, binding, timeoutMs, signal, onWaiting }: CardPlace): Promise<OpenedCard> {
  const invitation = `present a card to ${reader ?? 'any reader'} (${Math.round(timeoutMs / 1000)} s, Ctrl-C ends)`;
  const pcsc = openPcsc({ binding });
  try {
    const channel = await pcsc.waitForCard(reader, {
      timeoutMs,
      signal,
      onWaiting: ({ code, message }) => onWaiting?.(code === 'no-card' ? invitation : message),
    });
    const close = async () => {
      await channel.close();
      await pcsc.close();
    };
    return { channel, close };
  } catch (error) {
    await pcsc.close();
    throw error;
  }
}
