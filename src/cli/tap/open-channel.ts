import { randomBytes } from 'node:crypto';
import { type CardInterface, openCardFile } from '../../../simulator/index.js';
import {
  createRecordedChannel,
  createSoftwareChannel,
  openPcsc,
  type PcscBindingName,
  type ReaderStatus,
  type ShareMode,
} from '../../readers/index.js';
import { findCard } from '../card/find-card.js';
import { CommandFaults } from '../faults/command-faults.js';
import { chooseCard } from './loop/card-choice.js';
import { openCardOnReader } from './open-card-on-reader.js';
import type { OpenedCard } from './opened-card.js';
import type { Recording } from './recording/recording.js';
import type { ReaderOverheads } from './timing/reader-overheads.js';
import { timeRecording } from './timing/time-recording.js';
import { timeSoftwareCard } from './timing/time-software-card.js';
import { TimedChannel } from './timing/timed-channel.js';

export interface CardPlace {
  readonly card?: string | undefined;
  readonly recording?: Recording | undefined;
  readonly reader?: string | undefined;
  readonly binding?: PcscBindingName | undefined;
  readonly share?: ShareMode | undefined;
  /** Whether the reader is to tell the holder by lamp and buzzer. */
  readonly feedback?: boolean | undefined;
  /** Where the way to a reader is measured; without it card and reader are not told apart. */
  readonly overheads?: ReaderOverheads | undefined;
  /**
   * Whether the card is in a slot or in the field. Without it a software card is where it can be, in the field where it
   * can be in both, and any card on a reader will do.
   */
  readonly interface?: CardInterface | undefined;
  /** What a software card is to do wrong. */
  readonly faults?: CommandFaults | undefined;
  readonly timeoutMs: number;
  readonly state: string;
  readonly signal?: AbortSignal | undefined;
  /** Said while waiting: `present a card to …`, or what is in the way. */
  readonly onWaiting?: (message: string) => void;
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

async function openReader({
  feedback,
  overheads,
  reader,
  binding,
  interface: by,
  share,
  timeoutMs,
  signal,
  onWaiting,
}: CardPlace): Promise<OpenedCard> {
  const invitation = `present a card to ${reader ?? 'any reader'} (${Math.round(timeoutMs / 1000)} s, Ctrl-C ends)`;
  const pcsc = openPcsc({ binding });
  try {
    const toldOf = new Set<string>();
    const isForSlot = (status: ReaderStatus): boolean => {
      const { isTaken, why } = chooseCard(status, { interface: by, reader });
      const card = `${status.name} ${status.movements}`;
      if (why !== undefined && !toldOf.has(card)) onWaiting?.(why);
      toldOf.add(card);
      return isTaken;
    };
    const connection = await pcsc.waitForCard(reader, {
      share,
      ...(by === 'contact' && { isWanted: isForSlot }),
      timeoutMs,
      signal,
      onWaiting: ({ code, message }) => onWaiting?.(code === 'no-card' ? invitation : message),
    });
    const opened = openCardOnReader(connection, { feedback, overheads });
    const close = async () => {
      await opened.close();
      await pcsc.close();
    };
    return { ...opened, close };
  } catch (error) {
    await pcsc.close();
    throw error;
  }
}
