import { forgetInLots, type GatewayDatabase } from '../storage/index.js';

/** Forgets messages that are good for nothing any more. */
export const forgetMessages = (
  { kysely }: Pick<GatewayDatabase, 'kysely'>,
  now: Date,
  signal: AbortSignal,
): Promise<number> =>
  forgetInLots(
    signal,
    async (limit) => {
      const old = kysely.selectFrom('messages').select('id').where('expires_at_ms', '<=', now.getTime());
      return (await old.limit(limit).execute()).map(({ id }) => id);
    },
    (ids) => kysely.deleteFrom('messages').where('id', 'in', ids).execute(),
  );
