import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';

export interface UsedNonces {
  /**
   * Whether nobody has used it before. `isHere`: this process alone remembers it, at no cost, and of very many forgets the
   * first.
   */
  take(nonce: {
    readonly keyId: string;
    readonly nonce: string;
    readonly untilMs: number;
    readonly isHere: boolean;
  }): Promise<boolean>;
}

const HERE_MAX = 100_000;

/** Nonces of signed requests, as long as their signatures are good. */
export function createUsedNonces(kysely: Kysely<Tables>, clock: () => Date): UsedNonces {
  const here = new Map<string, number>();

  function takeHere(name: string, untilMs: number, nowMs: number): boolean {
    const usedUntilMs = here.get(name);
    if (usedUntilMs !== undefined && usedUntilMs >= nowMs) return false;
    if (here.size >= HERE_MAX) here.delete(here.keys().next().value!);
    here.set(name, untilMs);
    return true;
  }

  return {
    async take({ keyId, nonce, untilMs, isHere }) {
      const nowMs = clock().getTime();
      if (isHere) return takeHere(`${keyId} ${nonce}`, untilMs, nowMs);
      await kysely.deleteFrom('request_nonces').where('expires_at_ms', '<', nowMs).execute();
      const taken = await kysely
        .insertInto('request_nonces')
        .values({ key_id: keyId, nonce, expires_at_ms: untilMs })
        .onConflict((conflict) => conflict.doNothing())
        .returning('nonce')
        .execute();
      return taken.length > 0;
    },
  };
}
