import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';
import { openBody, readStream } from './read-stream.js';

/** A body that is held as a whole, unpacked. Throws Problem `body-too-large` for one of more than `bytesMax`. */
export async function readWhole(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readStream(openBody(request))) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Problem('body-too-large', { detail: `at most ${bytesMax} bytes` });
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
