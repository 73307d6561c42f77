import type { GatewayDatabase } from '../storage/index.js';
import { appendAudit } from './append-audit.js';
import type { AuditEntry } from './audit-record.js';

/** Who is told of with what is booked from the command line. */
export const COMMAND_LINE = 'command-line';

export interface CommandLineAct<Result> {
  readonly operation: string;
  readonly parameters?: AuditEntry['parameters'];
  act(): Promise<Result>;
  /** What is told of its end besides. */
  readonly told?: (result: Result) => Pick<AuditEntry, 'parameters' | 'detail'>;
}

export type ActAudited = <Result>(act: CommandLineAct<Result>) => Promise<Result>;

/**
 * Acts of the command line as the audit log tells those of HTTP: each is announced before it changes anything, so that
 * none happens without a record whenever the process dies, and what became of it is told when it has ended.
 */
export function auditCommandLine(database: Pick<GatewayDatabase, 'inTransaction'>, clock: () => Date): ActAudited {
  const tell = (entry: Pick<AuditEntry, 'operation' | 'phase' | 'parameters' | 'detail'>) =>
    database.inTransaction((transaction) => appendAudit(transaction, { at: clock(), actor: COMMAND_LINE, ...entry }));
  return async ({ operation, parameters, act, told }) => {
    await tell({ operation, phase: 'begun', parameters });
    const result = await act().catch(async (error: unknown) => {
      const { code } = (error ?? {}) as { code?: unknown };
      const detail = { failed: typeof code === 'string' ? code : 'internal-error' };
      // Where the books cannot be written, the record that is missing tells it.
      await tell({ operation, phase: 'done', parameters, detail }).catch(() => {});
      throw error;
    });
    await tell({ operation, phase: 'done', parameters, ...told?.(result) });
    return result;
  };
}
