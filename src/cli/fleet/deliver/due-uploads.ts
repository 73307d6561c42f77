import { createReadStream } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { namePath } from '../../name-path.js';

/** Characters of one hour that are in memory before they go to the disk. */
const KEPT_LENGTH = 256 * 1024;

interface Hour {
  readonly path: string;
  lines: string[];
  length: number;
}

/** Lines that are due in a later hour, on the disk until then. */
export class DueUploads {
  readonly #hours = new Map<number, Hour>();

  constructor(private readonly folder: string) {}

  async add(hour: number, line: string): Promise<void> {
    const known = this.#hours.get(hour) ?? { path: join(this.folder, `due-${hour}`), lines: [], length: 0 };
    this.#hours.set(hour, known);
    known.lines.push(line);
    known.length += line.length;
    if (known.length < KEPT_LENGTH) return;
    await appendFile(known.path, `${known.lines.join('\n')}\n`).catch((error: unknown) => {
      throw namePath(error, known.path);
    });
    known.lines = [];
    known.length = 0;
  }

  /** The lines of all hours up to this one, hour by hour, each in the order in which they came; they are then gone. */
  async *take(upTo: number): AsyncGenerator<string> {
    const due = [...this.#hours.keys()].filter((hour) => hour <= upTo).sort((one, other) => one - other);
    for (const hour of due) {
      const { path, lines } = this.#hours.get(hour)!;
      this.#hours.delete(hour);
      yield* readLinesOf(path);
      yield* lines;
      await rm(path, { force: true });
    }
  }
}

async function* readLinesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
