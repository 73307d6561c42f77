import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { namePath } from '../../name-path.js';

/** Characters of one chunk: so much of a worker's day is in memory at once. */
const CHUNK_LENGTH = 16 * 1024 * 1024;

/** Sorts lines that are too many to be kept, a chunk of them at a time, each into a file of its own. */
export class SortedChunks {
  readonly files: string[] = [];
  #lines: string[] = [];
  #length = 0;

  constructor(
    private readonly folder: string,
    /** Of these files, so that several can write into one folder. */
    private readonly prefix: string,
  ) {}

  add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length;
  }

  get isFull(): boolean {
    return this.#length >= CHUNK_LENGTH;
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const path = join(this.folder, `${this.prefix}-${this.files.length}`);
    this.#lines.sort((one, other) => (one < other ? -1 : 1));
    this.files.push(path);
    const text = `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    this.#length = 0;
    await writeFile(path, text).catch((error: unknown) => {
      throw namePath(error, path);
    });
  }
}

interface Source {
  readonly lines: AsyncIterator<string>;
  line: string;
}

/** The lines of sorted files in one order; no two of them are the same. Holds one line of each file. */
export async function* mergeSorted(files: readonly string[]): AsyncGenerator<string> {
  const sources: Source[] = [];
  for (const file of files) {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    const iterator = lines[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (!first.done) insert(sources, { lines: iterator, line: first.value });
  }
  for (;;) {
    const source = sources.pop();
    if (source === undefined) return;
    yield source.line;
    const next = await source.lines.next();
    if (next.done) continue;
    source.line = next.value;
    insert(sources, source);
  }
}

/** Keeps the one with the first line at the end. */
function insert(sources: Source[], source: Source): void {
  let [low, high] = [0, sources.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sources[middle]!.line > source.line) low = middle + 1;
    else high = middle;
  }
  sources.splice(low, 0, source);
}
