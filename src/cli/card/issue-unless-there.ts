import { existsSync } from 'node:fs';
import { CardError, type CardFile, createCardFile } from '../../../simulator/index.js';

const OTHERS_WRITE_MS_MAX = 5_000;
const LOOK_AGAIN_MS = 20;

/**
 * Writes a card into its file, unless another process that needed it at the same time was quicker: whether it was this one.
 * Throws {@link CardError} where the file is held and never written.
 */
export function issueUnlessThere(path: string, card: CardFile, create = createCardFile): boolean {
  const patientUntil = performance.now() + OTHERS_WRITE_MS_MAX;
  for (;;) {
    try {
      create(path, card);
      return true;
    } catch (error) {
      if (!(error instanceof CardError)) throw error;
      if (existsSync(path)) return false;
      if (error.code !== 'card-file-in-use' || performance.now() > patientUntil) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
    }
  }
}
