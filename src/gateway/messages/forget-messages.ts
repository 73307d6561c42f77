import type { GatewayDatabase } from '../storage/index.js';

const TOGETHER = 1000;

/** Forgets messages that are good for nothing any more, some at a time so that nobody waits long. */
export async function forgetMessages(
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  now: Date,
  signal: AbortSignal,
): Promise<number> {
  let forgotten = 0;
  while (!signal.aborted) {
    const old = await kysely
      .selectFrom('messages')
      .select('id')
      .where('expires_at_ms', '<=', now.getTime())
      .limit(TOGETHER)
      .execute();
    if (old.length === 0) break;
    const ids = old.map(({ id }) => id);
    await kysely.deleteFrom('messages').where('id', 'in', ids).execute();
    forgotten += ids.length;
  }
  return forgotten;
}
