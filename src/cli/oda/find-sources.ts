import { z } from 'zod';
import {
  type CertificationAuthorityKey,
  type CertificationAuthorityKeyStore,
  createCertificationAuthorityKeyStore,
  followSession,
  type SessionExchange,
} from '../../../emv/index.js';
import { byTransaction } from '../decode/by-transaction.js';
import { type ChainSurroundings, chainInputOf } from '../decode/chain-input.js';
import { readLog } from '../decode/logs/index.js';
import { asText } from '../decode/read-input.js';
import { whileReading } from '../decode/while-reading.js';
import { CommandError } from '../exit-codes.js';
import { readNamedFile } from '../read-named-file.js';
import { caKeySchema, usableKeys } from '../replay/kinds/ca-keys.js';
import { type Vector, vectorFileSchema, vectorSchema } from '../replay/vector.js';
import { chainOfVector, methodOf } from './chain-of-vector.js';
import type { ChainSource } from './chain-source.js';

export interface SourceOptions {
  readonly caKeys: CertificationAuthorityKeyStore;
  /** YYYY-MM-DD, where a conversation has none of its own. */
  readonly today: string;
  readonly ids?: readonly string[] | undefined;
  readonly showPan: boolean;
  /** Whether the keys that a vector brings with it count; they are test keys, whatever they say. */
  readonly ownKeys: boolean;
}

/**
 * The authentications in a file, or in the pipe for `-`: vectors of kind `oda.*` and `session`, or a log. What is wrong with
 * the file is found before the first; each is made when it is asked for: those of a long log would fill the memory. Throws
 * {@link CommandError}, also where there is none.
 */
export async function findSources(path: string, options: SourceOptions): Promise<Iterable<ChainSource>> {
  const input = asText(await readNamedFile(path));
  const places = await whileReading(input, () => ('text' in input ? placesIn(path, input.text, options) : []));
  return sourcesIn(path, places);
}

function* sourcesIn(path: string, places: readonly ReadPlace[]): Generator<ChainSource> {
  let isEmpty = true;
  for (const place of places) {
    for (const source of place()) {
      isEmpty = false;
      yield source;
    }
  }
  if (!isEmpty) return;
  throw new CommandError(
    'no-authentication',
    `${path} holds no certificates of a card`,
    undefined,
    'yongtap oda --help names what is read: vectors, recordings, logs with commands and answers.',
  );
}

/** A vector or a log that was read, whose authentications are still to be put together. */
type ReadPlace = () => Iterable<ChainSource>;

function placesIn(path: string, content: string, options: SourceOptions): ReadPlace[] {
  const vectors = vectorsOf(content);
  requireVectors(path, vectors ?? [], options.ids ?? []);
  return vectors === undefined ? [placeOfLog(path, content, options)] : placesOfVectors(vectors, options);
}

const NAMED_MAX = 10;

/** Whoever names a vector that there is not is told so, and not that the file holds nothing. */
function requireVectors(path: string, vectors: readonly Vector[], ids: readonly string[]): void {
  const missing = ids.filter((wanted) => !vectors.some(({ id }) => id === wanted));
  if (missing.length === 0) return;
  const known = vectors.slice(0, NAMED_MAX).map(({ id }) => id);
  const named = vectors.length > NAMED_MAX ? [...known, '…'] : known;
  const hint = vectors.length === 0 ? '--id chooses among the vectors of a file.' : `It has: ${named.join(', ')}`;
  throw new CommandError('vector-unknown', `${path} has no vector ${missing.join(', ')}`, undefined, hint);
}

function vectorsOf(content: string): Vector[] | undefined {
  const value = jsonOf(content);
  const file = vectorFileSchema.safeParse(value);
  if (file.success) return file.data.vectors;
  const one = vectorSchema.safeParse(value);
  return one.success ? [one.data] : undefined;
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function placesOfVectors(vectors: readonly Vector[], options: SourceOptions): ReadPlace[] {
  const chosen = options.ids === undefined ? vectors : vectors.filter(({ id }) => options.ids!.includes(id));
  return chosen.map((vector) => {
    try {
      return placeOfVector(vector, options);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const [{ path, message } = { path: [], message: '' }] = error.issues;
      throw new CommandError('vector-invalid', `${vector.id}: ${path.join('.')}: ${message}`);
    }
  });
}

const sessionSchema = z.object({
  date: z.string().optional(),
  caKeys: z.array(caKeySchema).default([]),
});

function placeOfVector(vector: Vector, options: SourceOptions): ReadPlace {
  const name = vector.title === undefined ? vector.id : `${vector.id} (${vector.title})`;
  const caKeysOf = (keys: readonly CertificationAuthorityKey[]) =>
    withKeys(options.caKeys, options.ownKeys ? keys : []);
  const method = methodOf(vector.kind);
  if (method !== undefined) {
    const source = { name, input: chainOfVector(vector, method, caKeysOf) };
    return () => [source];
  }
  if (vector.kind !== 'session') return () => [];
  const { date = options.today, caKeys } = sessionSchema.parse(vector.input);
  const log = JSON.stringify(vector.input);
  return placeOfLog(name, log, { ...options, caKeys: caKeysOf(caKeys), today: date });
}

/** The keys that a vector brings, as far as they can be keys, before those that are trusted anyway. */
function withKeys(
  trusted: CertificationAuthorityKeyStore,
  keys: readonly CertificationAuthorityKey[],
): CertificationAuthorityKeyStore {
  return createCertificationAuthorityKeyStore([...usableKeys(keys).store.all(), ...trusted.all()]);
}

/** One for each transaction of each conversation that gave certificates. */
function placeOfLog(name: string, content: string, { caKeys, today, showPan }: SourceOptions): ReadPlace {
  const sessions = readLog(content, showPan)?.sessions ?? [];
  return function* () {
    for (const { title, exchanges } of sessions) yield* chainsOf(title ?? name, exchanges, { caKeys, today });
  };
}

/** One for each selection of an application that gave certificates. */
export function* chainsOf(
  name: string,
  exchanges: readonly SessionExchange[],
  surroundings: ChainSurroundings,
): Generator<ChainSource> {
  for (const steps of byTransaction(followSession(exchanges))) {
    const application = steps[0]!.application;
    const input = chainInputOf(steps, surroundings);
    if (input !== undefined) yield { name: application === '' ? name : `${name}, ${application}`, input };
  }
}
