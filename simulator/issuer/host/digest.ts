import { createHash } from 'node:crypto';

/** SHA-256 of a value's JSON, in hex: to know the same again without keeping it. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value), 'utf8').digest('hex');
