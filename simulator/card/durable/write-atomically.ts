import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What writing a file asks of a disk. Handed in, so that a tear can be tried at each single call. */
export interface Disk {
  openSync(path: string, flags: 'w' | 'r', mode?: number): number;
  writeFileSync(handle: number, text: string): void;
  fsyncSync(handle: number): void;
  closeSync(handle: number): void;
  renameSync(from: string, to: string): void;
}

export const disk: Disk = { openSync, writeFileSync, fsyncSync, closeSync, renameSync };

const OWNER_ONLY = 0o600;

/**
 * Replaces a file as a whole: at any moment, a loss of power included, it holds either the old text or the new one,
 * and after the return the new one for good.
 */
export function writeAtomically(path: string, text: string, to: Disk = disk): void {
  const beside = draftOf(path);
  withHandle(to, to.openSync(beside, 'w', OWNER_ONLY), (handle) => {
    to.writeFileSync(handle, text);
    to.fsyncSync(handle);
  });
  to.renameSync(beside, path);
  withHandle(to, to.openSync(dirname(path), 'r'), (handle) => to.fsyncSync(handle));
}

/** Removes what a file that could not be written has left beside its place: nobody is to find half a card there. */
export const removeDraft = (path: string): void => rmSync(draftOf(path), { force: true });

const draftOf = (path: string): string => `${path}.writing`;

function withHandle(to: Disk, handle: number, use: (handle: number) => void): void {
  try {
    use(handle);
  } finally {
    to.closeSync(handle);
  }
}
