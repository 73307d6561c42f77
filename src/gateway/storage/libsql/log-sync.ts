import { type FileHandle, open, realpath } from 'node:fs/promises';
import { StorageError } from '../storage-error.js';

/** Brings to the disk what commits have written into a libsql file's log, for connections that do not do so themselves. */
export interface LogSync {
  /**
   * Settles when all that was committed before the call is on the disk. Throws StorageError `database-unreachable` where
   * it cannot be brought there, and from then on always: what the system has once failed to write it may forget, and
   * only reading the log anew, as books are opened, tells what is left.
   */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `path`: of the books, to which a connection is open. SQLite holds no locks on the log, so that it may be closed beside
 * those connections.
 */
export function createLogSync(path: string): LogSync {
  let log: Promise<FileHandle> | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let broken: StorageError | undefined;

  async function bring(): Promise<void> {
    if (broken) throw broken;
    try {
      log ??= openLog(path);
      await (await log).datasync();
    } catch (cause) {
      broken = new StorageError('database-unreachable', path, 'the log cannot be written to the disk', { cause });
      throw broken;
    }
  }

  function begin(): Promise<void> {
    next = undefined;
    running = bring().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    sync() {
      if (!running) return begin();
      // The one under way may have begun before the commit was written: one more does for all who come meanwhile.
      next ??= running.then(begin, begin);
      return next;
    },
    async close() {
      await (await log?.catch(() => undefined))?.close();
    },
  };
}

/** The log lies beside the file itself, wherever a link to it lies. */
const openLog = async (path: string): Promise<FileHandle> => open(`${await realpath(path)}-wal`, 'r');
