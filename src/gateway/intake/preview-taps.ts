import type { GatewayDatabase } from '../storage/index.js';
import { acceptTaps } from './accept-taps.js';

type Accept = typeof acceptTaps;

/** Carries what was found out of a transaction that is undone. */
class Undone extends Error {
  constructor(readonly result: unknown) {
    super('undone on purpose');
  }
}

/** Answers as the intake would if these taps came together now, and keeps nothing: what was done is undone. */
export const previewTaps: Accept = (options, taps) =>
  acceptTaps({ ...options, database: undoing(options.database) }, taps);

function undoing(database: GatewayDatabase): GatewayDatabase {
  return {
    ...database,
    inTransaction: async <Result>(work: Parameters<GatewayDatabase['inTransaction']>[0]) => {
      try {
        return await database.inTransaction<Result>(async (transaction) => {
          throw new Undone(await work(transaction));
        });
      } catch (error) {
        if (error instanceof Undone) return error.result as Result;
        throw error;
      }
    },
  } as GatewayDatabase;
}
