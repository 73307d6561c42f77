import type { CardFile } from '../card-file.js';
import { lockCardFile } from './lock-card-file.js';
import { readCardFile, realPathOf, serialize } from './open-card-file.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Changes the card in a file while it lies on no reader. Throws {@link CardError}: `card-file-not-found`,
 * `card-file-invalid`, `card-file-in-use`; and what `change` throws, the card being as before then.
 */
export function changeCardFile(path: string, change: (card: CardFile) => CardFile): CardFile {
  const real = realPathOf(path);
  const lock = lockCardFile(real);
  try {
    const changed = change(readCardFile(real));
    writeAtomically(real, serialize(changed));
    return changed;
  } finally {
    lock.release();
  }
}
