import { auditCommandLine, COMMAND_LINE } from './audit/index.js';
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
  const audited = auditCommandLine(database, clock);
  return {
    settle: (serviceDay, onLines) =>
      audited({
        operation: 'settleServiceDay',
        parameters: { serviceDay },
        act: () => settleDay({ database, clock, serviceDay, by: COMMAND_LINE, ...(onLines && { onLines }) }),
        told: ({ result }) => ({ parameters: { serviceDay, result } }),
      }),
    file: (settlement, format, write) =>
      database.aside(async (kysely) => {
        const head = { ...settlement, resubmits: settlement.resubmits };
        const { previousSha256 } = settlement.files[format];
        for await (const text of writeSettlementFile(kysely, head, format, previousSha256)) await write(text);
      }),
    markSent: (id) =>
      audited({
        operation: 'markSettlementSent',
        parameters: { settlement: id },
        act: () => changeState({ database, clock, id, state: 'sent', by: COMMAND_LINE }),
      }),
    verify: () => database.atOneMoment(verifyBooks),
    reconcile: (request, onDifference) => reconcile({ database, ...request, onDifference }),
  };
}
