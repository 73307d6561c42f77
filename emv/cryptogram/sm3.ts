import { createHash } from 'node:crypto';

/** The SM3 hash of the parts one after the other (GB/T 32905-2016). 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
