import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Transaction } from 'kysely';
import {
  digestOf,
  type ListContent,
  type ListDelta,
  type ListHeader,
  type ListKind,
  makeDelta,
} from '../../lists/index.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export interface KeptVersion {
  readonly header: ListHeader;
  readonly signature: string;
}

export interface KeptList extends KeptVersion {
  readonly content: ListContent;
}

type Database = Pick<GatewayDatabase, 'kysely'>;

/** The newest version of a kind without its content; `undefined` where none was published. */
export async function readNewest({ kysely }: Database, kind: ListKind): Promise<KeptVersion | undefined> {
  const row = await kysely
    .selectFrom('list_versions')
    .select(['header', 'signature'])
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { header: JSON.parse(row.header) as ListHeader, signature: row.signature };
}

/** The newest version whole. */
export async function readNewestWhole(database: Database, kind: ListKind): Promise<KeptList | undefined> {
  const row = await database.kysely
    .selectFrom('list_contents')
    .innerJoin('list_versions', (join) =>
      join
        .onRef('list_versions.kind', '=', 'list_contents.kind')
        .onRef('list_versions.version', '=', 'list_contents.version'),
    )
    .select(['list_versions.header', 'list_versions.signature', 'list_contents.content'])
    .where('list_contents.kind', '=', kind)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const content = JSON.parse((await unpack(row.content)).toString('utf8')) as ListContent;
  return { header: JSON.parse(row.header) as ListHeader, signature: row.signature, content };
}

/** What has changed from version to version behind `after`, in order; `undefined` where one of them is not kept. */
export async function readDeltas(
  { kysely }: Database,
  kind: ListKind,
  after: number,
  newest: number,
): Promise<readonly ListDelta[] | undefined> {
  const rows = await kysely
    .selectFrom('list_versions')
    .select('delta')
    .where('kind', '=', kind)
    .where('version', '>', after)
    .where('version', '<=', newest)
    .orderBy('version')
    .execute();
  const deltas = rows.flatMap(({ delta }) => (delta === null ? [] : [JSON.parse(delta) as ListDelta]));
  return deltas.length === newest - after ? deltas : undefined;
}

/** A delta larger than this share of the whole is not worth its keep. */
const DELTA_SHARE_MAX = 0.5;

/** What {@link keepVersion} writes: made before the transaction, for packing takes time. */
export async function prepareVersion(
  version: KeptVersion,
  content: ListContent,
  before: KeptList | undefined,
): Promise<PreparedVersion> {
  const { text } = digestOf(content);
  const { kind } = version.header;
  const delta =
    before &&
    JSON.stringify(
      makeDelta(
        kind,
        { version: before.header.version, contentHash: before.header.contentHash },
        before.content,
        content,
      ),
    );
  return {
    ...version,
    packed: await pack(text),
    delta: delta !== undefined && delta.length <= DELTA_SHARE_MAX * text.length + 1024 ? delta : null,
  };
}

export interface PreparedVersion extends KeptVersion {
  readonly packed: Uint8Array;
  readonly delta: string | null;
}

/** Keeps a version; `false` where another process has published it meanwhile. */
export async function keepVersion(
  transaction: Transaction<Tables>,
  { header, signature, packed, delta }: PreparedVersion,
  deltaVersions: number,
): Promise<boolean> {
  const { kind, version } = header;
  const { numInsertedOrUpdatedRows: added = 0n } = await transaction
    .insertInto('list_versions')
    .values({
      kind,
      version,
      header: JSON.stringify(header),
      signature,
      content_hash: header.contentHash,
      published_at_ms: Date.parse(header.publishedAt),
      valid_until_ms: Date.parse(header.validUntil),
      delta,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added === 0n) return false;
  await transaction
    .insertInto('list_contents')
    .values({ kind, version, content: packed })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet({ version, content: packed }))
    .execute();
  await transaction
    .updateTable('list_versions')
    .set({ delta: null })
    .where('kind', '=', kind)
    .where('version', '<=', version - deltaVersions)
    .where('delta', 'is not', null)
    .execute();
  return true;
}
