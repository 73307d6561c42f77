import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Removes a folder, and those that it lies in up to `topmost`, as far as they are empty: what nobody uses that was made. */
export function removeEmptyFolders(path: string, topmost: string): void {
  try {
    rmdirSync(path);
  } catch {
    return;
  }
  if (path !== topmost && dirname(path) !== path) removeEmptyFolders(dirname(path), topmost);
}
