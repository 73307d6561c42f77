import type { ReaderEvent, ReaderStatus } from '../../../readers/index.js';

/** The readers on which cards are waited for, and what lies on them. */
export class ReaderPlaces {
  readonly #readers = new Map<string, ReaderStatus>();
  /** By reader, the card that was last taken up: a mute one that wakes up is no new one. */
  readonly #takenUp = new Map<string, number>();
  /** Readers with a card that is none of ours. */
  readonly #leftAlone = new Set<string>();

  /** `wanted` is a part of a reader's name, upper or lower case; without it all are. */
  constructor(private readonly wanted: string | undefined) {}

  /** Takes an event in; says whether it is of a reader that counts. */
  follow({ event, reader }: ReaderEvent): boolean {
    if (this.wanted && !reader.name.toLowerCase().includes(this.wanted.toLowerCase())) return false;
    if (event === 'card-removed' || event === 'reader-unplugged') this.#leftAlone.delete(reader.name);
    if (event === 'reader-unplugged') this.#readers.delete(reader.name);
    else this.#readers.set(reader.name, reader);
    return true;
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
  wish(isTapping: (readerName: string) => boolean): string {
    const readers = [...this.#readers.values()].filter(({ name }) => !this.#leftAlone.has(name));
    if (readers.length === 0) return this.wanted ? `waiting for a reader ${this.wanted}` : 'waiting for a reader';
    const busy = readers.filter(({ name }) => isTapping(name));
    const free = readers.filter(({ name }) => !isTapping(name));
    const parts: [what: string, readers: readonly ReaderStatus[]][] = [
      ['leave the card on', busy],
      ['take the card away from', free.filter(({ card }) => card !== 'absent')],
      ['waiting for a card on', free.filter(({ card }) => card === 'absent')],
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
