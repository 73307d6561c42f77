import { setTimeout } from 'node:timers/promises';
import { StorageError } from '../storage-error.js';
import { isBusy } from './is-busy.js';

/** How long a writer waits for the writers of other processes. */
const WAIT_MS = 30_000;
const POLL_MS = 2;

/**
 * Does what needs a libsql file's lock as soon as the lock is free. It waits without blocking the process, since the
 * writer waited for may live in it. Throws StorageError `database-busy` after half a minute.
 */
export async function whenFree<Result>(path: string, action: () => Result): Promise<Result> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waitedMs >= WAIT_MS) {
        throw new StorageError('database-busy', path, 'another writer does not end', { cause: error });
      }
    }
    await setTimeout(POLL_MS);
  }
}
