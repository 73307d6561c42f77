import { type ListHeader, listKinds } from '../../lists/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { readNewest } from './list-store.js';

export type ListOverview = Omit<ListHeader, 'format'>;

/** The newest version of each kind that was published. */
export async function readOverview(database: Pick<GatewayDatabase, 'kysely'>): Promise<readonly ListOverview[]> {
  const newest = await Promise.all(listKinds.map((kind) => readNewest(database, kind)));
  return newest.flatMap((version) => {
    if (version === undefined) return [];
    const { format: _, ...header } = version.header;
    return [header];
  });
}
