export type ReconciliationErrorCode = 'reconciliation-file-invalid';

/** A line of the operator's file cannot be read. `line` counts from 1; nothing that stood there is repeated. */
export class ReconciliationError extends Error {
  override readonly name = 'ReconciliationError';
  readonly code: ReconciliationErrorCode = 'reconciliation-file-invalid';

  constructor(
    readonly line: number,
    readonly column: string,
    readonly reason: string,
  ) {
    super(`line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`);
  }
}
