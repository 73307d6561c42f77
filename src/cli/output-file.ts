import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A file that is written as its content comes. */
export interface OutputFile {
  /** Throws the system's error, also that of what was written before. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Gives the SHA-256 of all that was written, in hex. Throws the system's error. */
  close(): Promise<string>;
}

export function openOutputFile(path: string): OutputFile {
  const stream = createWriteStream(path);
  const hash = createHash('sha256');
  // Whoever writes next, or closes, is told.
  stream.on('error', () => {});
  return {
    async write(chunk) {
      hash.update(chunk);
      const isFull = !stream.write(chunk);
      if (stream.errored) throw stream.errored;
      if (isFull) await once(stream, 'drain');
    },
    async close() {
      await finished(stream.end());
      return hash.digest('hex');
    },
  };
}
