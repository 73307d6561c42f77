import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { TableError } from './table.js';

/** A workbook has some ten parts; one with pictures some hundred. */
const ENTRIES_MAX = 2000;

/** More than twenty thousand rows come to, with all their formatting. */
const UNPACKED_BYTES_MAX = 128 * 1024 * 1024;

export interface Zip {
  has(name: string): boolean;
  /** A part as it is unpacked. Throws {@link TableError} where all parts that were read are too large together. */
  read(name: string): AsyncGenerator<Buffer>;
}

/** Opens a packed file that is held in memory; nothing is unpacked before it is read. Throws {@link TableError}. */
export async function openZip(bytes: Uint8Array, unpackedBytesMax = UNPACKED_BYTES_MAX): Promise<Zip> {
  const fromBuffer = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);
  const file = await fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    autoClose: false,
  }).catch(refuse);
  const entries = await entriesOf(file).catch(refuse);
  let unpacked = 0;
  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) throw notReadable(`there is no ${name} in it`);
      const open = promisify<yauzl.Entry, Readable>(file.openReadStream.bind(file));
      const stream = await open(entry).catch(refuse);
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          unpacked += chunk.length;
          if (unpacked > unpackedBytesMax) {
            throw new TableError('file-too-large-unpacked', `unpacked it is larger than ${unpackedBytesMax} bytes`);
          }
          yield chunk;
        }
      } catch (error) {
        refuse(error);
      } finally {
        stream.destroy();
      }
    },
  };
}

function entriesOf(file: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  return new Promise((resolve, reject) => {
    file.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > ENTRIES_MAX) reject(notReadable(`more than ${ENTRIES_MAX} parts`));
      else file.readEntry();
    });
    file.on('end', () => resolve(entries));
    file.on('error', reject);
    file.readEntry();
  });
}

/** What the library finds wrong with a file is the file's fault, and is not repeated: it may quote from it. */
function refuse(error: unknown): never {
  throw error instanceof TableError ? error : notReadable('it is damaged');
}

export const notReadable = (why: string): TableError =>
  new TableError('file-not-readable', `the workbook cannot be read: ${why}`);
