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

/** Gives the parts again, in their order, by their lengths; views. */
export function cutSealed(whole: Uint8Array): (length: number) => Uint8Array {
  let offset = 0;
  return (length) => {
    offset += length;
    return whole.subarray(offset - length, offset);
  };
}
