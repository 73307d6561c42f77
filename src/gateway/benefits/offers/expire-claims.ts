import type { Job } from '../../jobs/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { changeClaim } from './change-claim.js';

const TOGETHER_MAX = 500;

interface ExpireOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

/** Lets claims expire that were not collected in time, and says how many. */
export async function expireClaims(options: ExpireOptions, signal?: AbortSignal): Promise<number> {
  let count = 0;
  while (!signal?.aborted) {
    const due = await options.database.kysely
      .selectFrom('offer_claims')
      .select(['offer', 'member'])
      .where('state', '=', 'claimed')
      .where('expires_at_ms', '<=', options.clock().getTime())
      .orderBy('expires_at_ms')
      .orderBy('offer')
      .orderBy('number')
      .limit(TOGETHER_MAX)
      .execute();
    for (const key of due) {
      if (signal?.aborted) return count;
      await changeClaim(options, { ...key, change: 'expired', by: 'gateway', reason: 'not collected in time' });
      count++;
    }
    if (due.length < TOGETHER_MAX) return count;
  }
  return count;
}

export const expireClaimsJob = (options: ExpireOptions): Job => ({
  name: 'expire-claims',
  everySeconds: 10,
  run: async (signal) => {
    await expireClaims(options, signal);
  },
});
