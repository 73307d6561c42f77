import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { makeFolder } from '../../../folders/make-folder.js';
import { CommandError } from '../../exit-codes.js';
import { namePath } from '../../name-path.js';
import type { Upload } from './uploads.js';

/** Makes the folder, or makes sure that it is empty. Throws {@link CommandError} `folder-not-empty`. */
export async function prepareFolder(folder: string): Promise<void> {
  makeFolder(folder);
  if ((await readdir(folder)).length === 0) return;
  throw new CommandError(
    'folder-not-empty',
    `${folder} is not empty`,
    undefined,
    'Choose a new folder, or empty this.',
  );
}

/** Takes away what was written of a day that came to no end, so that nobody takes a part of it for the whole. */
export async function clearFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^(taps-.*|expected)\.ndjson$|^(members|summary)\.json$/.test(name)) await rm(join(folder, name));
  }
}

export const writeText = (path: string, text: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(text), createWriteStream(path)).catch((error: unknown) => {
    throw namePath(error, path);
  });

/** Takes uploads into `taps-<operator>.ndjson`, and what must not be taken as a new tap into `expected.ndjson`. */
export class FileDelivery {
  readonly #streams = new Map<string, WriteStream>();
  /** Of a full disk, say; the next record is told of it. */
  #failure: unknown;

  constructor(private readonly folder: string) {}

  async take({ operator, terminal, sequence, expected, text }: Upload): Promise<void> {
    await this.#write(`taps-${operator}.ndjson`, text);
    if (expected === 'created') return;
    await this.#write('expected.ndjson', JSON.stringify({ operator, terminal, sequence, answer: expected }));
  }

  async end(): Promise<void> {
    for (const stream of this.#streams.values()) {
      if (this.#failure !== undefined) throw this.#failure;
      stream.end();
      await finished(stream);
    }
  }

  /** Lets go of the files, however far they are: a file that is opened later would come after they are taken away. */
  async abandon(): Promise<void> {
    const streams = [...this.#streams.values()];
    await Promise.all(streams.map((stream) => stream.closed || once(stream.destroy(), 'close')));
  }

  #open(name: string): WriteStream {
    const path = join(this.folder, name);
    const stream = createWriteStream(path, { highWaterMark: 256 * 1024 });
    stream.on('error', (error) => {
      this.#failure ??= namePath(error, path);
    });
    this.#streams.set(name, stream);
    return stream;
  }

  async #write(name: string, line: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const known = this.#streams.get(name) ?? this.#open(name);
    if (!known.write(`${line}\n`)) await once(known, 'drain');
  }
}
