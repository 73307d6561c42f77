import { type Fault, strikes } from './fault.js';

const ONCE: ReadonlySet<Fault['kind']> = new Set(['tear', 'tear-before', 'drop']);

/**
 * Faults that are to strike. A tear and a dropped field happen once in a plan, so that the card can be presented again;
 * the other faults each time that their command comes.
 */
export class FaultPlan {
  readonly #spent = new Set<Fault>();
  readonly #struck = new Set<Fault>();

  constructor(readonly faults: readonly Fault[]) {}

  /** Those that strike this command, known by its number since power-on and its bytes; one tear at most. */
  strike(number: number, command: Uint8Array): readonly Fault[] {
    const striking = this.faults.filter((fault) => !this.#spent.has(fault) && strikes(fault, number, command));
    const tear = striking.find(isOnce);
    if (tear !== undefined) this.#spent.add(tear);
    const struck = striking.filter((fault) => fault === tear || !isOnce(fault));
    for (const fault of struck) this.#struck.add(fault);
    return struck;
  }

  /** Those whose command has not come so far. */
  get unstruck(): readonly Fault[] {
    return this.faults.filter((fault) => !this.#struck.has(fault));
  }
}

const isOnce = ({ kind }: Fault): boolean => ONCE.has(kind);
