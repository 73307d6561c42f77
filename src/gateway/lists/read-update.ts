import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { joinDeltas, type ListDelta, type ListHeader, type ListKind, type ListUpdate } from '../../lists/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { readDeltas, readNewest, readNewestWhole } from './list-store.js';

const pack = promisify(gzip);

/** An update as it goes out. */
export interface PackedUpdate {
  readonly header: ListHeader;
  readonly kind: 'snapshot' | 'delta';
  readonly text: string;
  readonly gzip: Uint8Array;
}

export interface UpdateReader {
  /** What brings a terminal that has version `after` (0: none) to the newest one; `undefined` where there is none. */
  read(kind: ListKind, after: number): Promise<PackedUpdate | undefined>;
}

/** Terminals come with the same few versions again and again. */
const KEPT_MAX = 16;

export function createUpdateReader(database: Pick<GatewayDatabase, 'kysely'>): UpdateReader {
  const kept = new Map<string, Promise<PackedUpdate | undefined>>();
  return {
    async read(kind, after) {
      const newest = await readNewest(database, kind);
      if (newest === undefined) return undefined;
      const name = `${kind} ${after} ${newest.header.version}`;
      const known = kept.get(name);
      if (known) return known;
      if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!);
      const reading = readUpdate(database, kind, after);
      kept.set(name, reading);
      reading.catch(() => kept.delete(name));
      return reading;
    },
  };
}

async function readUpdate(
  database: Pick<GatewayDatabase, 'kysely'>,
  kind: ListKind,
  after: number,
): Promise<PackedUpdate | undefined> {
  const whole = await readNewestWhole(database, kind);
  if (whole === undefined) return undefined;
  const { header, signature, content } = whole;
  const deltas = after > 0 && after < header.version ? await readDeltas(database, kind, after, header.version) : [];
  const delta = deltas && joinAll(deltas);
  const snapshot = JSON.stringify({ header, signature, content } satisfies ListUpdate);
  const changes = delta && JSON.stringify({ header, signature, delta } satisfies ListUpdate);
  const isDelta = changes !== undefined && changes.length < snapshot.length;
  const text = isDelta ? changes : snapshot;
  return { header, kind: isDelta ? 'delta' : 'snapshot', text, gzip: await pack(text) };
}

function joinAll(deltas: readonly ListDelta[]): ListDelta | undefined {
  const [first, ...rest] = deltas;
  return rest.reduce<ListDelta | undefined>((one, next) => one && joinDeltas(one, next), first);
}
