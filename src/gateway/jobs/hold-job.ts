import type { GatewayDatabase } from '../storage/index.js';
import type { Job } from './job.js';

/** How long a job is its holder's without another word from it. */
export const HOLD_MS = 60_000;

/** A run of a job that is this process's alone for now. */
export interface HeldJob {
  /** Says that the run still goes on; `false`: another process has taken the job. */
  renew(): Promise<boolean>;
  release(outcome: 'done' | 'failed'): Promise<void>;
}

/** Takes a job that is due and that nobody holds; `undefined` where there is nothing to do. */
export function holdJob(
  database: GatewayDatabase,
  { name, everySeconds }: Pick<Job, 'name' | 'everySeconds'>,
  holder: string,
  clock: () => Date,
): Promise<HeldJob | undefined> {
  return database.inTransaction(async (transaction) => {
    const nowMs = clock().getTime();
    await transaction
      .insertInto('jobs')
      .values({ name, next_run_at_ms: nowMs, holder: '', held_until_ms: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { numUpdatedRows } = await transaction
      .updateTable('jobs')
      .set({ holder, held_until_ms: nowMs + HOLD_MS, next_run_at_ms: nowMs + everySeconds * 1000 })
      .where('name', '=', name)
      .where('next_run_at_ms', '<=', nowMs)
      .where('held_until_ms', '<=', nowMs)
      .executeTakeFirst();
    return numUpdatedRows > 0n ? heldJob(database, name, holder, clock) : undefined;
  });
}

function heldJob({ kysely }: GatewayDatabase, name: string, holder: string, clock: () => Date): HeldJob {
  const mine = () => kysely.updateTable('jobs').where('name', '=', name).where('holder', '=', holder);
  return {
    async renew() {
      const { numUpdatedRows } = await mine()
        .set({ held_until_ms: clock().getTime() + HOLD_MS })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async release(outcome) {
      const ended = { last_ended_at_ms: clock().getTime(), last_outcome: outcome };
      await mine()
        .set({ holder: '', held_until_ms: 0, ...ended })
        .execute();
    },
  };
}
