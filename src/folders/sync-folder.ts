import { open } from 'node:fs/promises';

/** By these a system says that it cannot do so for a folder, or that whoever asks may only write there. */
const IMPOSSIBLE: ReadonlySet<string | undefined> = new Set([
  'EACCES',
  'EBADF',
  'EINVAL',
  'EISDIR',
  'ENOTSUP',
  'EPERM',
]);

/**
 * What was named in a folder outlives a loss of power once the folder does; where a system cannot say so it is left at
 * that. Throws the system's error where it can and the disk failed.
 */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!IMPOSSIBLE.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}
