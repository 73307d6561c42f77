import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type HeldLock, lockFile } from './lock-file.js';

/** Holds a folder for one owner; `undefined` where it is held elsewhere. Throws the system's error. */
export function holdFolder(folder: string): HeldLock | undefined {
  const path = join(folder, 'lock');
  // The database would say of a folder that cannot be written in words of its own, and without a code.
  closeSync(openSync(path, 'a'));
  try {
    return lockFile(path);
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}
