import type { QueueFile, QueueFiles } from '../../../src/terminal/index.js';

/** The process is dead: nothing that it asks for happens any more. */
export class PowerLoss extends Error {
  override readonly name = 'PowerLoss';
}

interface Node {
  synced: Uint8Array;
  current: Uint8Array;
  /** Every state of the content since the last sync, oldest first. */
  unsynced: Uint8Array[];
}

function patched(content: Uint8Array, position: number, bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.max(content.length, position + bytes.length));
  result.set(content);
  result.set(bytes, position);
  return result;
}

/**
 * A disk that keeps what was synced, and of the rest as little or as much as chance will have it: what a real disk does
 * when the power goes. Content that was not synced may come out older, cut, or as zeros where its bytes should be;
 * names that were made or removed without a sync of their folder may be there or not.
 */
export class SimulatedDisk implements QueueFiles {
  #names = new Map<string, Node>();
  #syncedNames = new Map<string, Node>();
  #operationsLeft = Number.POSITIVE_INFINITY;
  /** Bytes that fit on the disk. */
  capacity = Number.POSITIVE_INFINITY;
  syncs = 0;

  /** The power goes at the operation after the next `operations`. */
  losePowerAfter(operations: number): void {
    this.#operationsLeft = operations;
  }

  /** The power comes back. `random(n)` gives a whole number from 0 to n − 1. */
  recover(random: (below: number) => number): void {
    const names = new Map(this.#syncedNames);
    for (const [name, node] of this.#names) if (!names.has(name) && random(2)) names.set(name, node);
    for (const name of this.#syncedNames.keys()) if (!this.#names.has(name) && random(2)) names.delete(name);
    for (const node of new Set(names.values())) {
      const states = [node.synced, ...node.unsynced];
      const index = random(states.length);
      const state = states[index]!;
      const common = Math.min(state.length, (states[index - 1] ?? state).length);
      const cut = state.slice(0, common + random(state.length - common + 1));
      node.current = random(4) ? cut : patched(new Uint8Array(state.length), 0, cut);
      node.synced = node.current;
      node.unsynced = [];
    }
    this.#names = names;
    this.#syncedNames = new Map(names);
    this.#operationsLeft = Number.POSITIVE_INFINITY;
  }

  /** What a file holds. */
  content(path: string): Uint8Array {
    return this.#names.get(path)!.current;
  }

  /** Puts a file there as if it had always been so. */
  put(path: string, content: Uint8Array): void {
    const node = { synced: content, current: content, unsynced: [] };
    this.#names.set(path, node);
    this.#syncedNames.set(path, node);
  }

  get used(): number {
    return [...this.#names.values()].reduce((sum, node) => sum + node.current.length, 0);
  }

  /** Whether there is still power. What an operation had done so far is on its way to the disk. */
  #step(): void {
    if (this.#operationsLeft-- <= 0) throw new PowerLoss();
  }

  async makeFolder(): Promise<void> {
    this.#step();
  }

  async list(folder: string): Promise<string[]> {
    this.#step();
    const prefix = `${folder}/`;
    const names = [...this.#names.keys()].filter((name) => name.startsWith(prefix));
    return names.map((name) => name.slice(prefix.length)).filter((name) => !name.includes('/'));
  }

  async remove(path: string): Promise<void> {
    this.#names.delete(path);
    this.#step();
  }

  async syncFolder(): Promise<void> {
    this.#step();
    this.syncs++;
    this.#syncedNames = new Map(this.#names);
  }

  async open(path: string): Promise<QueueFile> {
    this.#step();
    const node = this.#names.get(path) ?? { synced: new Uint8Array(), current: new Uint8Array(), unsynced: [] };
    this.#names.set(path, node);
    const change = (content: Uint8Array) => {
      node.current = content;
      node.unsynced.push(content);
    };
    return {
      readAll: async () => node.current.slice(),
      read: async (position, length) => node.current.slice(position, position + length),
      write: async (bytes, position) => {
        const grown = Math.max(0, position + bytes.length - node.current.length);
        const fitting = Math.max(0, bytes.length - Math.max(0, this.used + grown - this.capacity));
        change(patched(node.current, position, bytes.subarray(0, fitting)));
        this.#step();
        if (fitting < bytes.length) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
      truncate: async (length) => {
        change(node.current.slice(0, length));
        this.#step();
      },
      sync: async () => {
        this.#step();
        this.syncs++;
        node.synced = node.current;
        node.unsynced = [];
      },
      close: async () => undefined,
    };
  }
}
