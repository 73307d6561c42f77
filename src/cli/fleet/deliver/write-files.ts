import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { makeFolder } from '../../../folders/make-folder.js';
import { CommandError } from '../../exit-codes.js';
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

export const writeText = (path: string, text: Iterable<string>): Promise<void> =>
  pipeline(Readable.from(text), createWriteStream(path));

/** Takes uploads into `taps-<operator>.ndjson`, and what must not be taken as a new tap into `expected.ndjson`. */
export class FileDelivery {
  readonly #streams = new Map<string, WriteStream>();
  /** Of a full disk, say; the next record is told of it. */
  #failure: Error | undefined;

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

  #open(name: string): WriteStream {
    const stream = createWriteStream(join(this.folder, name), { highWaterMark: 256 * 1024 });
    stream.on('error', (error) => {
      this.#failure ??= error;
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
