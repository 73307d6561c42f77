import type { AuditRecord } from './audit-record.js';

/** An act that was announced and of whose end nothing is told: its process died, or it is still going on. */
export type UnfinishedAct = Pick<AuditRecord, 'sequence' | 'at' | 'actor' | 'operation' | 'requestId' | 'parameters'>;

export interface UnfinishedActs {
  readonly count: number;
  /** The first twenty. */
  readonly first: readonly UnfinishedAct[];
}

const TOLD_MAX = 20;

/** Finds acts that were begun and not done while the records pass, in memory for those alone that are open. */
export class UnfinishedActsSearch {
  readonly #open = new Map<string, UnfinishedAct>();
  /** Begun again by the same person before its end: of the command line, whose acts have no request. */
  readonly #left: UnfinishedAct[] = [];
  #leftCount = 0;

  pass({ phase, sequence, at, actor, operation, requestId, parameters }: AuditRecord): void {
    if (phase === 'read') return;
    const name = requestId === '' ? `${actor} ${operation}` : `${requestId} ${operation}`;
    const before = this.#open.get(name);
    this.#open.delete(name);
    if (phase === 'done') return;
    if (before) this.#leave(before);
    this.#open.set(name, { sequence, at, actor, operation, requestId, parameters });
  }

  #leave(act: UnfinishedAct): void {
    this.#leftCount++;
    if (this.#left.length < TOLD_MAX) this.#left.push(act);
  }

  /** `undefined` where all that was begun is done. */
  found(): UnfinishedActs | undefined {
    const count = this.#leftCount + this.#open.size;
    if (count === 0) return undefined;
    const all = [...this.#left, ...this.#open.values()].sort((one, other) => one.sequence - other.sequence);
    return { count, first: all.slice(0, TOLD_MAX) };
  }
}
