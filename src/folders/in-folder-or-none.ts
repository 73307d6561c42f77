import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from './make-folder.js';
import { removeEmptyFolders } from './remove-empty-folders.js';

/**
 * Does work in a folder. Where it is missing the work is done in one beside it, which takes its place in the end: what
 * fails leaves none behind.
 */
export async function inFolderOrNone<Result>(path: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (isThere) return work(path);
  const whole = resolve(path);
  const made = makeFolder(dirname(whole), 0o700);
  const beside = await mkdtemp(join(dirname(whole), `.${basename(whole)}-`));
  try {
    const result = await work(beside);
    await rename(beside, whole);
    return result;
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (made !== undefined) removeEmptyFolders(dirname(whole), made);
    throw error;
  }
}
