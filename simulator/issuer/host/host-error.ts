import codes from './host-errors.json' with { type: 'json' };

export type IssuerHostErrorCode = keyof typeof codes;

/** What a host cannot do, and changed nothing for. The message never holds a card number or a PIN. */
export class IssuerHostError extends Error {
  override readonly name = 'IssuerHostError';

  constructor(
    readonly code: IssuerHostErrorCode,
    /** The token, the id or the field that it is about. */
    readonly subject: string,
  ) {
    super(`${codes[code].means} (${subject})`);
  }
}
