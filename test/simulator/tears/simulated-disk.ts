import type { Disk } from '../../../simulator/card/durable/write-atomically.js';

interface Content {
  synced: string;
  current: string;
}

/** What a call to a disk comes to that fails. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
}

/** At which call the disk fails, counted from 0: once, or for good. A process that dies there calls no more. */
export interface Failure {
  readonly call: number;
  readonly how: 'once' | 'for-good' | 'dies';
}

/**
 * A disk in memory that keeps for sure what was synced, file by file and name by name, and of the rest what chance will
 * have it. One call of it can fail.
 */
export class SimulatedDisk implements Disk {
  #names = new Map<string, Content>();
  #syncedNames = new Map<string, Content>();
  readonly #handles: (Content | 'folder')[] = [];
  calls = 0;

  constructor(private readonly failure?: Failure) {}

  get hasDied(): boolean {
    return this.failure?.how === 'dies' && this.calls > this.failure.call;
  }

  get hasFailed(): boolean {
    return this.failure !== undefined && this.calls > this.failure.call;
  }

  /** What a file holds that has stood there for long. */
  put(path: string, text: string): void {
    const content = { synced: text, current: text };
    this.#names.set(path, content);
    this.#syncedNames.set(path, content);
  }

  /** What a process finds in a file. */
  read(path: string): string {
    return this.#names.get(path)!.current;
  }

  /** All that a file may hold when the power has gone and come back. */
  afterPowerLoss(path: string): string[] {
    const found = [this.#names, this.#syncedNames].flatMap((names) => {
      const { synced, current } = names.get(path) ?? { synced: '', current: '' };
      return synced === current ? [current] : [synced, current.slice(0, current.length >> 1), current];
    });
    return [...new Set(found)];
  }

  openSync(path: string, flags: 'w' | 'r'): number {
    this.#step();
    if (flags === 'r') return this.#handles.push('folder') - 1;
    const content = this.#names.get(path) ?? { synced: '', current: '' };
    content.current = '';
    this.#names.set(path, content);
    return this.#handles.push(content) - 1;
  }

  writeFileSync(handle: number, text: string): void {
    const content = this.#handles[handle] as Content;
    this.#step(() => {
      content.current = text.slice(0, text.length >> 1);
    });
    content.current = text;
  }

  fsyncSync(handle: number): void {
    this.#step();
    const content = this.#handles[handle]!;
    if (content === 'folder') this.#syncedNames = new Map(this.#names);
    else content.synced = content.current;
  }

  closeSync(): void {
    this.#step();
  }

  renameSync(from: string, to: string): void {
    this.#step();
    this.#names.set(to, this.#names.get(from)!);
    this.#names.delete(from);
  }

  #step(half: () => void = () => {}): void {
    const call = this.calls++;
    if (this.failure === undefined || call < this.failure.call) return;
    if (call > this.failure.call && this.failure.how === 'once') return;
    if (call === this.failure.call) half();
    throw new DiskError();
  }
}
