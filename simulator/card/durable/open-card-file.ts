import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { CardError } from '../card-error.js';
import type { CardFile, CardInterface, CardState } from '../card-file.js';
import type { CardInspection } from '../inspect-card.js';
import { openParsedCard, parseCardFile, type SoftwareCard } from '../open-card.js';
import { lockCardFile } from './lock-card-file.js';
import { type Disk, removeDraft, writeAtomically } from './write-atomically.js';

/** A card whose state lies in a file. */
export interface DurableCard extends SoftwareCard {
  /** The file itself, links followed. */
  readonly path: string;
  /** Takes the power away and lets go of the file. Closing again does nothing. */
  close(): void;
}

export interface OpenCardFileOptions {
  /** That many unpredictable bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly disk?: Disk;
}

/**
 * Opens the card in a file, for this process alone. Every state is on the disk before the card answers, so a tear at
 * any moment leaves a card that knows exactly what it has answered for. Throws {@link CardError}: `card-file-not-found`,
 * `card-file-invalid`, `card-file-in-use`.
 */
export function openCardFile(path: string, { random, disk }: OpenCardFileOptions): DurableCard {
  const real = realPathOf(path);
  const lock = lockCardFile(real);
  try {
    const file = readCardFile(real);
    const card = openParsedCard(file, {
      random,
      save: keepStatesIn(real, file, disk),
      load: () => readCardFile(real).state,
    });
    return new OpenCardFile(real, card, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Writes each state of a card into its file. One that could not be kept for good is taken back, as far as the disk lets
 * it be: a card that answers 6581 has done nothing.
 */
export function keepStatesIn(path: string, file: CardFile, disk?: Disk): (state: CardState) => void {
  const write = (state: CardState) => writeAtomically(path, serialize({ ...file, state: [...state] }), disk);
  let kept: CardState = file.state;
  return (state) => {
    try {
      write(state);
      kept = state;
    } catch (error) {
      takeBack(() => write(kept));
      throw error;
    }
  };
}

function takeBack(write: () => void): void {
  try {
    write();
  } catch {
    // The disk fails for good: what it holds is read when the card is powered on again.
  }
}

/**
 * Writes a new card into a file of its own. Throws {@link CardError}: `card-file-exists` unless told to `replace`,
 * `card-file-in-use`. Whether the file is there is asked under its lock: a card that another process has just issued
 * and tapped must not get its money back.
 */
export function createCardFile(path: string, card: CardFile, { replace = false }: { replace?: boolean } = {}): void {
  const requireAbsent = () => {
    if (!replace && existsSync(path)) throw new CardError('card-file-exists', `${path} is there already`);
  };
  requireAbsent();
  const real = existsSync(path) ? realPathOf(path) : path;
  const lock = lockCardFile(real);
  try {
    requireAbsent();
    writeAtomically(real, serialize(card));
  } catch (error) {
    removeDraft(real);
    throw error;
  } finally {
    lock.release();
  }
}

/** The card in a file, without opening it for use. Throws {@link CardError}. */
export function readCardFile(path: string): CardFile {
  const text = readFileSync(realPathOf(path), 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CardError('card-file-invalid', `${path} is not JSON`, { cause: error });
  }
  return parseCardFile(value);
}

export function serialize(card: CardFile): string {
  return `${JSON.stringify(card, undefined, 2)}\n`;
}

export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new CardError('card-file-not-found', `there is no card file ${path}`, { cause: error });
  }
}

class OpenCardFile implements DurableCard {
  #open = true;

  constructor(
    readonly path: string,
    private readonly card: SoftwareCard,
    private readonly lock: { release(): void },
  ) {}

  powerOn(by?: CardInterface): Uint8Array {
    return this.#requireOpen().powerOn(by);
  }

  powerOff(): void {
    if (this.#open) this.card.powerOff();
  }

  transmit(command: Uint8Array): Uint8Array {
    return this.#requireOpen().transmit(command);
  }

  inspect(): CardInspection {
    return this.card.inspect();
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.card.powerOff();
    this.lock.release();
  }

  #requireOpen(): SoftwareCard {
    if (!this.#open) throw new CardError('card-file-closed', `the card in ${this.path} was closed`);
    return this.card;
  }
}
