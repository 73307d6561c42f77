import type { ContactOutcome, DataMap } from '../../../../../emv/index.js';
import type { AuthorizationAnswer, AuthorizationKind } from '../../../../../simulator/index.js';
import { CommandError, exitCodes } from '../../../exit-codes.js';

export interface LineRequest {
  readonly data: DataMap;
  readonly kind: AuthorizationKind;
  readonly pinBlock?: Uint8Array | undefined;
}

/**
 * The way from the terminal to the card's issuer. Its methods throw {@link CommandError} `issuer-refused` where it does
 * not speak with this terminal.
 */
export interface IssuerLine {
  /** `undefined` where no host answers: the terminal and the card decide alone. */
  authorize(request: LineRequest): Promise<AuthorizationAnswer | undefined>;
  /** Whether the issuer heard how it ended. */
  confirm(id: string, outcome: Pick<ContactOutcome, 'reversalRequired' | 'scriptResults'>): Promise<boolean>;
  /** Whether the issuer heard of a transaction that was decided without it. */
  advise(data: DataMap): Promise<boolean>;
}

export const issuerRefused = (said: string, hint?: string): CommandError =>
  new CommandError('issuer-refused', said, exitCodes.no, hint);
