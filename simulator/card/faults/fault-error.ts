export type FaultErrorCode = 'fault-invalid';

/** A text that is no fault. `offset` counts characters to the piece that is wrong, `value`. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly code: FaultErrorCode = 'fault-invalid';

  constructor(
    message: string,
    readonly offset: number,
    readonly value: string,
  ) {
    super(message);
  }
}
