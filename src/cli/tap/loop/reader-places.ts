import type { CardInterface } from '../../../../simulator/index.js';
import type { ReaderEvent, ReaderStatus } from '../../../readers/index.js';
import type { CardWish } from './card-choice.js';

/** What to do with a card that is busy, done or not there. */
const WISHES: Readonly<Record<CardInterface, readonly [busy: string, done: string, absent: string]>> = {
  contactless: ['leave the card on', 'take the card away from', 'waiting for a card on'],
  contact: ['leave the card in', 'take the card out of', 'waiting for a card in'],
};

/** The readers on which cards are waited for, and what lies on them. */
export class ReaderPlaces {
  readonly #readers = new Map<string, ReaderStatus>();
  /** By reader, the card that was last taken up: a mute one that wakes up is no new one. */
  readonly #takenUp = new Map<string, number>();
  /** Readers with a card that is none of ours. */
  readonly #leftAlone = new Set<string>();

  /** The part of a reader's name may be in upper or lower case. */
  constructor(private readonly wish: CardWish) {}

  /** Takes an event in; says whether it is of a reader that counts. */
  follow({ event, reader }: ReaderEvent): boolean {
    const wanted = this.wish.reader?.toLowerCase() ?? '';
    if (!reader.name.toLowerCase().includes(wanted)) return false;
    if (event === 'card-removed' || event === 'reader-unplugged') this.#leftAlone.delete(reader.name);
    if (event === 'reader-unplugged') this.#forget(reader.name);
    else this.#readers.set(reader.name, reader);
    return true;
  }

  /** One that is plugged in again counts its cards anew. */
  #forget(readerName: string): void {
    this.#readers.delete(readerName);
    this.#takenUp.delete(readerName);
  }

  /** Whether the card that lies there has not been taken up yet; it is from now on. */
  takeUp({ movements, name }: ReaderStatus): boolean {
    if (this.#takenUp.get(name) === movements) return false;
    this.#takenUp.set(name, movements);
    return true;
  }

  /** The card on this reader may stay where it is. */
  leaveAlone(readerName: string): void {
    this.#leftAlone.add(readerName);
  }

  /** Whether the same card still lies there. */
  stillLies({ movements, name }: ReaderStatus): boolean {
    const now = this.#readers.get(name);
    return now !== undefined && now.card !== 'absent' && now.movements === movements;
  }

  /** What whoever stands in front of the readers has to do, while some are tapped on. */
  invitation(isTapping: (readerName: string) => boolean): string {
    const { interface: by = 'contactless', reader: wanted } = this.wish;
    const [leave, take, wait] = WISHES[by];
    const readers = [...this.#readers.values()].filter(({ name }) => !this.#leftAlone.has(name));
    if (readers.length === 0) return wanted ? `waiting for a reader ${wanted}` : 'waiting for a reader';
    const busy = readers.filter(({ name }) => isTapping(name));
    const free = readers.filter(({ name }) => !isTapping(name));
    const parts: [what: string, readers: readonly ReaderStatus[]][] = [
      [leave, busy],
      [take, free.filter(({ card }) => card !== 'absent')],
      [wait, free.filter(({ card }) => card === 'absent')],
    ];
    return parts
      .filter(([, some]) => some.length > 0)
      .map(([what, some]) => `${what} ${namesOf(some)}`)
      .join('; ');
  }
}

const NAMES_MAX = 3;

const namesOf = (readers: readonly ReaderStatus[]): string =>
  readers.length > NAMES_MAX ? `${readers.length} readers` : readers.map(({ name }) => name).join(', ');
