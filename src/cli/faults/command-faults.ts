import { setTimeout as wait } from 'node:timers/promises';
import { FaultPlan, type FaultyCard, parseFault, type SoftwareCard, withFaults } from '../../../simulator/index.js';
import { CommandError } from '../exit-codes.js';

/**
 * What a command was told to let go wrong, over all that it does: the faults of `--fault`, and those of the card itself.
 * Throws `FaultError` `fault-invalid`.
 */
export class CommandFaults {
  readonly #ordered;
  #plan: FaultPlan | undefined;

  constructor(texts: readonly string[] = []) {
    this.#ordered = texts.map(parseFault);
  }

  /** Throws {@link CommandError}: only a software card does what it is told to. */
  requireNone(): void {
    if (this.#ordered.length === 0) return;
    throw new CommandError(
      'fault-needs-software-card',
      '--fault is for software cards: a real one, or a recording, goes wrong as it pleases',
      undefined,
      'Name one with --card: a card file, or a profile such as service-card-51.',
    );
  }

  /** The card, with its faults; a tear that has happened to it before does not happen again. */
  of(card: SoftwareCard): FaultyCard {
    this.#plan ??= new FaultPlan([...card.inspect().faults.map(parseFault), ...this.#ordered]);
    return withFaults(card, this.#plan, { sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) });
  }
}
