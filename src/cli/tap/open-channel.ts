import { randomBytes } from 'node:crypto';
import { type CardInterface, openCardFile } from '../../../simulator/index.js';
import {
  type CardChannel,
  createRecordedChannel,
  createSoftwareChannel,
  openPcsc,
  type PcscBindingName,
} from '../../readers/index.js';
import { findCard } from '../card/find-card.js';
import type { Recording } from './recording/recording.js';
import { timeReader } from './timing/time-reader.js';
import { timeRecording } from './timing/time-recording.js';
import { timeSoftwareCard } from './timing/time-software-card.js';
import { TimedChannel } from './timing/timed-channel.js';
import type { Timekeeper } from './timing/timekeeper.js';

export interface CardPlace {
  readonly card?: string | undefined;
  readonly recording?: Recording | undefined;
  readonly reader?: string | undefined;
  readonly binding?: PcscBindingName | undefined;
  /** Whether a software card is in a slot or in the field; without it what it has, the field where it has both. */
  readonly interface?: CardInterface | undefined;
  readonly timeoutMs: number;
  readonly state: string;
  readonly signal?: AbortSignal | undefined;
  /** Said while waiting: `present a card to …`, or what is in the way. */
  readonly onWaiting?: (message: string) => void;
}

/** A channel to the card, wherever it lies, who knows its times, and what has to be put away with it. */
export interface OpenedCard {
  readonly channel: CardChannel;
  readonly timekeeper: Timekeeper;
  close(): Promise<void>;
}

export async function openChannel(place: CardPlace): Promise<OpenedCard> {
  if (place.recording !== undefined) {
    const channel = createRecordedChannel(place.recording.transcript);
    return { channel, timekeeper: timeRecording(place.recording, channel), close: () => channel.close() };
  }
  return place.card === undefined ? openReader(place) : openSoftwareCard(place.card, place);
}

async function openSoftwareCard(name: string, { state, interface: by }: CardPlace): Promise<OpenedCard> {
  const card = openCardFile(findCard(name, state).path, { random: randomBytes });
  const channel = new TimedChannel(createSoftwareChannel(card, `software card ${name}`, { interface: by }));
  const close = async () => {
    await channel.close();
    card.close();
  };
  return { channel, timekeeper: timeSoftwareCard(channel), close };
}

async function openReader({ reader, binding, timeoutMs, signal, onWaiting }: CardPlace): Promise<OpenedCard> {
  const invitation = `present a card to ${reader ?? 'any reader'} (${Math.round(timeoutMs / 1000)} s, Ctrl-C ends)`;
  const pcsc = openPcsc({ binding });
  try {
    const channel = new TimedChannel(
      await pcsc.waitForCard(reader, {
        timeoutMs,
        signal,
        onWaiting: ({ code, message }) => onWaiting?.(code === 'no-card' ? invitation : message),
      }),
    );
    const close = async () => {
      await channel.close();
      await pcsc.close();
    };
    return { channel, timekeeper: timeReader(channel, undefined), close };
  } catch (error) {
    await pcsc.close();
    throw error;
  }
}
