import { createHash, createHmac } from 'node:crypto';

const TOKEN_LENGTH = 32;
const ID_LENGTH = 8;

type Random = (length: number) => Uint8Array;

/** 256 random bits: one round of SHA-256 hides them well enough at rest. */
export const makeToken = (random: Random, prefix: string): string =>
  `${prefix}${Buffer.from(random(TOKEN_LENGTH)).toString('base64url')}`;

export const hashOfToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');

export const makeId = (random: Random, prefix: string): string =>
  `${prefix}${Buffer.from(random(ID_LENGTH)).toString('hex')}`;

export const keyedHash = (key: Uint8Array, ...parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
