import { z } from 'zod';
import { listKinds, listVersionSchema } from '../../lists/index.js';
import { instantSchema } from '../../tap/index.js';
import type { GatewayDatabase } from '../storage/index.js';

/** What a terminal says of itself. */
export const terminalReportSchema = z.strictObject({
  at: instantSchema.describe('The terminal’s clock'),
  software: z.string().min(1).max(64).optional().describe('Its name and version'),
  batteryPercent: z.int().min(0).max(100).optional(),
  lists: z
    .partialRecord(z.enum(listKinds), listVersionSchema)
    .describe('The version of each list that it has applied; 0: none'),
});

export type TerminalReport = z.infer<typeof terminalReportSchema>;

/** Keeps what a terminal has said last; a list that it does not speak of stays as it was. */
export function keepReport(
  database: Pick<GatewayDatabase, 'inTransaction'>,
  { operator, terminal }: { readonly operator: string; readonly terminal: string },
  { at, batteryPercent, lists, software }: TerminalReport,
  receivedAt: Date,
): Promise<void> {
  const said = {
    received_at_ms: receivedAt.getTime(),
    at,
    software: software ?? null,
    battery_percent: batteryPercent ?? null,
  };
  return database.inTransaction(async (transaction) => {
    await transaction
      .insertInto('terminal_reports')
      .values({ operator, terminal, ...said })
      .onConflict((conflict) => conflict.columns(['operator', 'terminal']).doUpdateSet(said))
      .execute();
    for (const [kind, version] of Object.entries(lists)) {
      await transaction
        .insertInto('terminal_lists')
        .values({ operator, terminal, kind, version })
        .onConflict((conflict) => conflict.columns(['operator', 'terminal', 'kind']).doUpdateSet({ version }))
        .execute();
    }
  });
}
