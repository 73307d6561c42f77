import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';

/** So many characters are written at once. */
const PIECE_LENGTH = 64 * 1024;

/**
 * Writes a long text to standard output as it is made, and waits for whoever reads it. Between the pieces it is heard that
 * nobody does (`| head`).
 */
export async function writePieces(pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_LENGTH) continue;
    const isTaken = process.stdout.write(text);
    text = '';
    await (isTaken ? turn() : once(process.stdout, 'drain'));
  }
  process.stdout.write(text);
}
