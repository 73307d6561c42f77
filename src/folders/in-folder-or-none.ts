import { rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeBeside, removeLeftBeside, removeOnSignal } from './folder-beside.js';
import { makeFolder } from './make-folder.js';
import { removeEmptyFolders } from './remove-empty-folders.js';

/**
 * Does work in a folder. Where it is missing the work is done in one beside it, which takes its place in the end: what
 * fails, or is ended by a signal, leaves none behind; of what was killed the next one removes what it left.
 */
export async function inFolderOrNone<Result>(path: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  const whole = resolve(path);
  await removeLeftBeside(whole, Date.now());
  if (isThere) return work(path);
  const made = makeFolder(dirname(whole), 0o700);
  const beside = await makeBeside(whole);
  const forget = removeOnSignal(beside);
  try {
    const result = await work(beside);
    await rename(beside, whole);
    return result;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (made !== undefined) removeEmptyFolders(dirname(whole), made);
    throw error;
  } finally {
    forget();
  }
}
