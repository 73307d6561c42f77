import type { ContactOutcome, DataMap } from '../../../../../emv/index.js';
import type { AuthorizationAnswer, AuthorizationKind } from '../../../../../simulator/index.js';

export interface LineRequest {
  readonly data: DataMap;
  readonly kind: AuthorizationKind;
  readonly pinBlock?: Uint8Array | undefined;
}

/** The way from the terminal to the card's issuer. */
export interface IssuerLine {
  /** `undefined` where no host answers: the terminal and the card decide alone. */
  authorize(request: LineRequest): Promise<AuthorizationAnswer | undefined>;
  /** Whether the issuer heard how it ended. */
  confirm(id: string, outcome: Pick<ContactOutcome, 'reversalRequired' | 'scriptResults'>): Promise<boolean>;
  /** Whether the issuer heard of a transaction that was decided without it. */
  advise(data: DataMap): Promise<boolean>;
}
