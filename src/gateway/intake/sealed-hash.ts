import { type RawBuilder, sql } from 'kysely';
import { HASH_LENGTH } from './record-seal.js';

/** The hash of a record's content, with which what is sealed begins, in a query. */
export const sealedHash = (column: string): RawBuilder<Uint8Array> =>
  sql<Uint8Array>`substr(${sql.ref(column)}, 1, ${sql.lit(HASH_LENGTH)})`;
