export type IntakeErrorCode = 'record-unreadable' | 'service-day-invalid' | 'service-day-not-over' | 'cursor-invalid';

/** What was asked for cannot be done. `place` is the tap, the day or the option at fault. */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';
  readonly code: IntakeErrorCode;
  readonly place: string;

  constructor(code: IntakeErrorCode, place: string, message: string) {
    super(`${message} (${place})`);
    this.code = code;
    this.place = place;
  }
}
