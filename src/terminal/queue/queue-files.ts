import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { makeFolder } from '../../folders/make-folder.js';
import { syncFolder } from '../../folders/sync-folder.js';

/** One open file of the queue. */
export interface QueueFile {
  readAll(): Promise<Uint8Array>;
  read(position: number, length: number): Promise<Uint8Array>;
  /** Writes all of `bytes` or throws; what was written before a failure may stay in the file. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Returns when everything written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the queue needs of a file system; tests put faults between the queue and a real one. */
export interface QueueFiles {
  /** Makes the folder where it is missing, readable by its owner only. */
  makeFolder(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Opens for reading and writing, making the file where it is missing, readable by its owner only. */
  open(path: string): Promise<QueueFile>;
  remove(path: string): Promise<void>;
  /** Returns when the folder's entries are on the disk. */
  syncFolder(path: string): Promise<void>;
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function toQueueFile(handle: FileHandle): QueueFile {
  return {
    readAll: async () => readFully(handle, 0, (await handle.stat()).size),
    read: (position, length) => readFully(handle, position, length),
    write: (bytes, position) => writeFully(handle, bytes, position),
    truncate: (length) => handle.truncate(length),
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

async function openOrMake(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, 'wx+', 0o600);
  }
}

/** The real file system. */
export const nodeFiles: QueueFiles = {
  async makeFolder(path) {
    makeFolder(path, 0o700);
  },
  list: (folder) => readdir(folder),
  open: async (path) => toQueueFile(await openOrMake(path)),
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};
