export type IssuerErrorCode = 'order-invalid' | 'script-too-long';

/** An order that no script can carry. `subject` names the order's part, never a PIN or a card number. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';

  constructor(
    readonly code: IssuerErrorCode,
    readonly subject: string,
  ) {
    super(`${code.replaceAll('-', ' ')} (${subject})`);
  }
}
