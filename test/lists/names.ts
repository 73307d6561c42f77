import { randomBytes } from 'node:crypto';
import { createNameSet, type NameSet } from '../../src/lists/index.js';

/** The bytes of names that are these numbers. */
export function namesOf(numbers: readonly bigint[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((number, index) => {
    view.setBigUint64(index * 8, number);
  });
  return new Uint8Array(view.buffer);
}

export const randomNames = (count: number): NameSet => createNameSet(randomBytes(count * 8));
