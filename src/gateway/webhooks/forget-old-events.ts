import type { GatewayDatabase } from '../storage/index.js';
import { RETENTION_MS } from './limits.js';

const TOGETHER = 1000;

/** Forgets events older than thirty days with all that became of them, some at a time so that nobody waits long. */
export async function forgetOldEvents(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  let forgotten = 0;
  while (!signal.aborted) {
    const old = await kysely
      .selectFrom('webhook_events')
      .select('id')
      .where('at_ms', '<', now.getTime() - RETENTION_MS)
      .orderBy('at_ms')
      .limit(TOGETHER)
      .execute();
    if (old.length === 0) break;
    const ids = old.map(({ id }) => id);
    await kysely.deleteFrom('webhook_events').where('id', 'in', ids).execute();
    forgotten += ids.length;
  }
  return forgotten;
}
