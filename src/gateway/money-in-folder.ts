import { appendAudit } from './audit/index.js';
import { type BooksLocation, openKeptBooks } from './open-books.js';
import {
  type BookFault,
  changeState,
  type Difference,
  type FileFormat,
  type ReconciliationSummary,
  type Refused,
  reconcile,
  type SettledDay,
  type SettlementView,
  settleDay,
  verifyBooks,
  writeSettlementFile,
} from './settlement/index.js';
import type { GatewayDatabase } from './storage/index.js';

export interface MoneyFolder extends BooksLocation {
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
}

const BY = 'command-line';

/** What can be done with the money of a gateway's books without its HTTP interface, whether it runs or not. */
export interface Money {
  /** Settles a closed day; once. `onLines` is told how many lines have been read. */
  settle(serviceDay: string, onLines?: (lines: number) => void): Promise<SettledDay | Refused>;
  /** The text of a settlement's file in chunks. */
  file(settlement: SettlementView, format: FileFormat, write: (text: string) => Promise<void>): Promise<void>;
  markSent(id: string): Promise<SettlementView | Refused>;
  /** Holds the whole books against themselves, as they are at one moment. */
  verify(): Promise<readonly BookFault[]>;
  reconcile(
    request: Omit<Parameters<typeof reconcile>[0], 'database' | 'onDifference'>,
    onDifference: (difference: Difference) => Promise<void>,
  ): Promise<ReconciliationSummary>;
}

/** Opens the books for `work` and closes them after it. Throws GatewayKeysError, StorageError and ReconciliationError. */
export async function withMoney<Result>(folder: MoneyFolder, work: (money: Money) => Promise<Result>): Promise<Result> {
  const { database } = await openKeptBooks(folder, folder.random);
  try {
    return await work(moneyOf(database, folder.clock));
  } finally {
    await database.close();
  }
}

function moneyOf(database: GatewayDatabase, clock: () => Date): Money {
  const audit = (operation: string, phase: 'begun' | 'done', parameters: Readonly<Record<string, string>>) =>
    database.inTransaction((transaction) =>
      appendAudit(transaction, { at: clock(), actor: BY, operation, phase, parameters }),
    );
  return {
    settle: async (serviceDay, onLines) => {
      await audit('settleServiceDay', 'begun', { serviceDay });
      const settled = await settleDay({ database, clock, serviceDay, by: BY, ...(onLines && { onLines }) });
      await audit('settleServiceDay', 'done', { serviceDay, result: settled.result });
      return settled;
    },
    file: (settlement, format, write) =>
      database.aside(async (kysely) => {
        const head = { ...settlement, resubmits: settlement.resubmits };
        const { previousSha256 } = settlement.files[format];
        for await (const text of writeSettlementFile(kysely, head, format, previousSha256)) await write(text);
      }),
    markSent: async (id) => {
      const sent = await changeState({ database, clock, id, state: 'sent', by: BY });
      await audit('markSettlementSent', 'done', { settlement: id });
      return sent;
    },
    verify: () => database.atOneMoment(verifyBooks),
    reconcile: (request, onDifference) => reconcile({ database, ...request, onDifference }),
  };
}
