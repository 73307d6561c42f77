/**
 * What is sealed of some taps, one behind the other, in memory of its own: handed over to another thread it is gone here,
 * and with it whatever shares its memory.
 */
export function joinSealed(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
