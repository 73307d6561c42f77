import type { ApplicationState, CardApplication, CardFile, CardState } from './card-file.js';
import type { SigningKey } from './cryptography/signing-key.js';

/** An offline approval on its way: nothing of it is kept until the last record has been asked for. */
export interface Approval {
  /** What the records of this transaction carry beside the application's own data. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
  readonly lastRecord: { readonly shortFileIdentifier: number; readonly recordNumber: number };
  readonly stateAfter: ApplicationState;
  readonly committed: boolean;
}

/** JR/T 0025.12-2013 7.4 to 7.7; all of it is lost with the power. */
export type Stage =
  | { readonly name: 'idle' }
  | { readonly name: 'selected'; readonly application: number }
  /** Answered with ARQC or AAC, or refused: only a new selection goes on. */
  | { readonly name: 'ended'; readonly application: number }
  | { readonly name: 'approved'; readonly application: number; readonly approval: Approval };

/** The card's memory could not be written; what it holds then is not known before the next power-on. */
export class MemoryFailure extends Error {
  override readonly name = 'MemoryFailure';
}

export interface CardMemory {
  /** Called with the whole new state before the card answers; when it throws, the card answers 6581. */
  readonly save?: ((state: CardState) => void) | undefined;
  /** The state as it was last kept, read again after a failure of `save`. */
  readonly load?: (() => CardState) | undefined;
  /** That many unpredictable bytes. */
  readonly random: (length: number) => Uint8Array;
}

/** What the commands of a card work on between power-on and power-off. */
export class CardSession {
  stage: Stage = { name: 'idle' };
  #state: CardState;
  #broken = false;

  constructor(
    readonly file: CardFile,
    readonly signingKey: SigningKey | undefined,
    private readonly memory: CardMemory,
  ) {
    this.#state = file.state;
  }

  get state(): CardState {
    return this.#state;
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  random(length: number): Uint8Array {
    return this.memory.random(length);
  }

  application(index: number): CardApplication {
    return this.file.applications[index]!;
  }

  applicationState(index: number): ApplicationState {
    return this.#state[index]!;
  }

  /** Keeps a new state of one application; the former one stays when that fails. Throws {@link MemoryFailure}. */
  keep(index: number, changed: ApplicationState): void {
    const next = this.#state.with(index, changed);
    try {
      this.memory.save?.(next);
    } catch (error) {
      this.#broken = true;
      throw new MemoryFailure('the state of the card could not be kept', { cause: error });
    }
    this.#state = next;
  }

  /**
   * Forgets the transaction under way, and after a failure what it believed its memory to hold. As long as the memory
   * cannot be read either, the card stays broken.
   */
  restart(): void {
    this.stage = { name: 'idle' };
    if (!this.#broken) return;
    try {
      this.#state = this.memory.load?.() ?? this.#state;
      this.#broken = false;
    } catch {
      this.#broken = true;
    }
  }
}
