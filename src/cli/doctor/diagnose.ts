import { diagnosePcsc } from '../../readers/index.js';
import type { Check } from './check.js';
import { checkChineseCryptography } from './check-chinese-cryptography.js';
import { checkDatabase } from './check-database.js';
import { checkNode } from './check-node.js';
import { checkPostgresql } from './check-postgresql.js';

/** What of this machine is ready, in the order in which it would be mended; `databaseUrl` names a PostgreSQL to ask. */
export async function diagnose(databaseUrl?: string): Promise<Check[]> {
  const needed = [checkNode(process.versions.node), await checkDatabase(), checkChineseCryptography()];
  const readers = (await diagnosePcsc()).map((finding): Check => ({ ...finding, optional: true }));
  return [...needed, ...readers, await checkPostgresql(databaseUrl)];
}
