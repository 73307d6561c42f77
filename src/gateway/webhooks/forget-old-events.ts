import { forgetInLots, type GatewayDatabase } from '../storage/index.js';
import { RETENTION_MS } from './limits.js';

/** Forgets events older than thirty days with all that became of them. */
export const forgetOldEvents = (
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  now: Date,
  signal: AbortSignal,
): Promise<number> =>
  forgetInLots(
    signal,
    async (limit) => {
      const before = now.getTime() - RETENTION_MS;
      const old = kysely.selectFrom('webhook_events').select('id').where('at_ms', '<', before).orderBy('at_ms');
      return (await old.limit(limit).execute()).map(({ id }) => id);
    },
    (ids) => kysely.deleteFrom('webhook_events').where('id', 'in', ids).execute(),
  );
