import type { AuthorizationRequest } from '../authorization-request.js';
import type { AccountLimits } from '../card-account.js';
import type { Issuer } from '../issuer.js';
import type { AccountBook } from './account-book.js';
import type { CardNames } from './card-names.js';

export interface IssuerHostOptions {
  readonly issuer: Issuer;
  readonly book: AccountBook;
  readonly clock: () => Date;
  /** Makes tokens of card numbers; 16 bytes or more. */
  readonly tokenKey: Uint8Array;
  /** What the account of a card begins with that proves itself and has none yet; absent: such cards are unknown. */
  readonly opensWith?: { readonly availableFen: number; readonly limits?: AccountLimits | undefined } | undefined;
}

/** What is handed from one part of the host to the other. */
export interface HostParts extends Omit<IssuerHostOptions, 'tokenKey' | 'book'> {
  readonly names: CardNames;
}

/** What a terminal sends; the day of the transaction is the card's (9A), or today's where it has none. */
export type HostRequest = Omit<AuthorizationRequest, 'date' | 'authorizationCode'>;
