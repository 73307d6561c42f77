import { setTimeout as wait } from 'node:timers/promises';
import {
  FaultPlan,
  type FaultyCard,
  formatFault,
  parseFault,
  type SoftwareCard,
  withFaults,
} from '../../../simulator/index.js';
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

  /** Says on standard error which of `--fault` have struck no command: without a word it would look as if they had. */
  tellUnstruck(): void {
    for (const fault of this.#plan?.unstruck ?? []) {
      if (!this.#ordered.includes(fault)) continue;
      process.stderr.write(`fault ${formatFault(fault)} has not struck: no such command was sent to the card\n`);
    }
  }
}
