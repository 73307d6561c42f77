import type { GatewayDatabase } from '../storage/index.js';
import type { Job } from './job.js';

/** How long a job is its holder's without another word from it. */
export const HOLD_MS = 60_000;

/** So far the clocks of gateways that share the books may be apart. */
const CLOCKS_APART_MS = 60_000;

/** A run of a job that is this process's alone for now. */
export interface HeldJob {
  /** Says that the run still goes on; `false`: another process has taken the job. */
  renew(): Promise<boolean>;
  release(outcome: 'done' | 'failed'): Promise<void>;
  /** Of a run that was not begun or not ended: whoever comes next does it, however long it is until the next is due. */
  handBack(): Promise<void>;
}

/**
 * Takes a job that is due, or whose holder died before its run had ended, and that nobody holds; `undefined` where there
 * is nothing to do. Instants that no clock of now can have told were told by one that has been put back since.
 */
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
      .where(({ eb, or }) =>
        or([eb('held_until_ms', '<=', nowMs), eb('held_until_ms', '>', nowMs + HOLD_MS + CLOCKS_APART_MS)]),
      )
      .where(({ eb, or }) =>
        or([
          eb('holder', '<>', ''),
          eb('next_run_at_ms', '<=', nowMs),
          eb('next_run_at_ms', '>', nowMs + everySeconds * 1000 + CLOCKS_APART_MS),
        ]),
      )
      .executeTakeFirst();
    return numUpdatedRows > 0n ? heldJob(database, name, holder, clock) : undefined;
  });
}

function heldJob({ kysely }: GatewayDatabase, name: string, holder: string, clock: () => Date): HeldJob {
  const free = { holder: '', held_until_ms: 0 };
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
        .set({ ...free, ...ended })
        .execute();
    },
    async handBack() {
      await mine()
        .set({ ...free, next_run_at_ms: clock().getTime() })
        .execute();
    },
  };
}
