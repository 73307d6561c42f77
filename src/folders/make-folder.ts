import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those that it lies in, where they are missing; what is new has `mode`. Gives the topmost that it
 * made. Throws the system's error. Node's own `recursive` never ends where a folder is there and lets nothing be made in
 * it, as `/proc`.
 */
export function makeFolder(path: string, mode?: number): string | undefined {
  try {
    mkdirSync(path, mode);
    return path;
  } catch (error) {
    if (isFolder(path)) return undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || isFolder(dirname(path))) throw error;
    const topmost = makeFolder(dirname(path), mode);
    const made = makeFolder(path, mode);
    return topmost ?? made;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
