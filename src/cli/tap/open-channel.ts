import { randomBytes } from 'node:crypto';
import { type CardInterface, openCardFile, type StruckFault } from '../../../simulator/index.js';
import {
  type CardChannel,
  createRecordedChannel,
  createSoftwareChannel,
  openPcsc,
  type PcscBindingName,
} from '../../readers/index.js';
import { findCard } from '../card/find-card.js';
import { CommandFaults } from '../faults/command-faults.js';
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
  /** What a software card is to do wrong. */
  readonly faults?: CommandFaults | undefined;
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
  /** What a software card has done wrong so far. */
  readonly struck?: readonly StruckFault[] | undefined;
  close(): Promise<void>;
}

export async function openChannel(place: CardPlace): Promise<OpenedCard> {
  const isSoftware = place.recording === undefined && place.card !== undefined;
  if (!isSoftware) place.faults?.requireNone();
  if (place.recording !== undefined) {
    const channel = createRecordedChannel(place.recording.transcript);
    return { channel, timekeeper: timeRecording(place.recording, channel), close: () => channel.close() };
  }
  return place.card === undefined ? openReader(place) : openSoftwareCard(place.card, place);
}

async function openSoftwareCard(
  name: string,
  { faults = new CommandFaults(), state, interface: by }: CardPlace,
): Promise<OpenedCard> {
  const card = openCardFile(findCard(name, state).path, { random: randomBytes });
  const faulty = faults.of(card);
  const channel = new TimedChannel(createSoftwareChannel(faulty, `software card ${name}`, { interface: by }));
  const close = async () => {
    await channel.close();
    card.close();
  };
  return { channel, timekeeper: timeSoftwareCard(channel), struck: faulty.struck, close };
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
