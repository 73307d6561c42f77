import { readdirSync, readFileSync } from 'node:fs';
import { decode, fromHex, TlvError, walk } from '../../emv/index.js';
import { type Vector, vectorFileSchema } from '../../src/cli/replay/vector.js';
import { bytesOf } from './fuzz-target.js';

const FOLDER = 'test-vectors';

export const vectors: readonly Vector[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => vectorFileSchema.parse(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))).vectors);

export const vectorsOf = (...kinds: readonly string[]): Vector[] => vectors.filter(({ kind }) => kinds.includes(kind));

export const jsonSeeds = (values: readonly unknown[]): Uint8Array[] =>
  values.map((value) => bytesOf(JSON.stringify(value)));

interface Session {
  readonly transcript: readonly { readonly command: string; readonly response: string }[];
}

const sessions = vectorsOf('session').map(({ input }) => (input as unknown as Session).transcript);
const distinct = (hex: readonly string[]): Uint8Array[] => [...new Set(hex)].map(fromHex);

/** What terminals said, and what cards answered. */
export const commands = distinct(sessions.flatMap((session) => session.map(({ command }) => command.toUpperCase())));
export const responses = distinct(sessions.flatMap((session) => session.map(({ response }) => response.toUpperCase())));

/** Data objects as cards have sent them. */
export const objects = distinct(
  vectorsOf('tlv.decode', 'tlv.encode').flatMap(({ input, expect }) => {
    const hex = (input.hex ?? expect.hex) as string | undefined;
    return hex === undefined ? [] : [hex.toUpperCase()];
  }),
);

/** Every value of a tag that stands in the vectors. */
export function valuesOf(...tags: readonly string[]): Uint8Array[] {
  return [...objects, ...responses.map((response) => response.subarray(0, -2))].flatMap((bytes) => {
    try {
      return [...walk(decode(bytes))].filter(({ tag }) => tags.includes(tag)).map(({ value }) => value);
    } catch (error) {
      if (error instanceof TlvError) return [];
      throw error;
    }
  });
}
