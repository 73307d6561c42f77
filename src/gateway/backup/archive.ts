import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { syncFolder } from '../../folders/sync-folder.js';
import { BackupError } from './backup-error.js';
import { type BackupManifest, manifestSchema } from './manifest.js';

/** A back-up is one file: a line of JSON that says what it holds, and the books behind it as gzip. */

const HEAD_MAX = 1024 * 1024;
const NEWLINE = 0x0a;

/** How many bytes of how many are done. */
export type Progress = (doneBytes: number, ofBytes: number) => void;

const counting = (onBytes: (bytes: number) => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });

/** Of a function in its place a pipeline tells that it was aborted, and not that the disk is full. */
const into = (file: FileHandle): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      file.appendFile(chunk).then(() => done(), done);
    },
  });

/** Bytes and SHA-256 of a file. */
export async function measureFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** Writes a back-up of a file; it is there whole or not at all. `draft`: on the same disk. Throws BackupError `backup-exists`. */
export async function writeArchive(
  path: string,
  draft: string,
  manifest: BackupManifest,
  booksFile: string,
  progress: Progress,
): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.write(`${JSON.stringify(manifest)}\n`);
    let done = 0;
    const counted = counting((bytes) => {
      done += bytes;
      progress(done, manifest.bytes);
    });
    await pipeline(createReadStream(booksFile), counted, createGzip(), into(file));
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new BackupError('backup-exists', path, 'the file is there already') : error;
    });
    await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
}

export interface Archive {
  readonly manifest: BackupManifest;
  /** Where the packed books begin. */
  readonly offset: number;
}

/** Reads what a back-up says of itself. Throws BackupError `backup-unreadable`. */
export async function readArchive(path: string): Promise<Archive> {
  const file = await open(path, 'r').catch((cause: Error) => {
    throw new BackupError('backup-unreadable', path, 'there is no such file, or it cannot be read', { cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_MAX), 0, HEAD_MAX, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE);
    return { manifest: manifestSchema.parse(JSON.parse(buffer.toString('utf8', 0, end))), offset: end + 1 };
  } catch (cause) {
    throw new BackupError('backup-unreadable', path, 'this is no back-up, or one of a newer version', { cause });
  } finally {
    await file.close();
  }
}

/** Unpacks the books into a new file and holds them to their hash. Throws BackupError `backup-damaged`. */
export async function unpackArchive(
  path: string,
  { manifest, offset }: Archive,
  target: string,
  progress: Progress,
): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(target, 'wx', 0o600);
  try {
    await pipeline(
      createReadStream(path, { start: offset }),
      createGunzip(),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > manifest.bytes) throw new RangeError('longer than it says');
          hash.update(chunk);
          progress(bytes, manifest.bytes);
          yield chunk;
        }
      },
      into(file),
    );
    await file.sync();
  } catch (cause) {
    throw isOfPacking(cause) ? damaged(path, cause) : cause;
  } finally {
    await file.close();
  }
  if (bytes !== manifest.bytes || hash.digest('hex') !== manifest.sha256) throw damaged(path);
}

const isOfPacking = (error: unknown): boolean =>
  error instanceof RangeError || /^Z_/.test(String((error as { code?: unknown }).code));

const damaged = (path: string, cause?: unknown): BackupError =>
  new BackupError('backup-damaged', path, 'the books in it are not those that were backed up', { cause });
