import { type AccountLimits, type CardAccount, openAccount, PIN_TRIES } from '../../card-account.js';
import type { AccountBookPages, KeptAccount } from '../account-book.js';
import { IssuerHostError } from '../host-error.js';
import type { HostParts } from '../host-parts.js';

export interface NewAccount {
  /** In digits. */
  readonly pan: string;
  /** Two digits. */
  readonly panSequenceNumber: string;
  readonly availableFen: number;
  readonly currency?: string;
  readonly limits?: AccountLimits;
  /** For the online PIN, 4 to 12 digits. */
  readonly pin?: string;
}

/** Opens an account, or gives the one that this card has, as it stands. Throws {@link IssuerHostError}. */
export function openNewAccount(
  { issuer, names }: HostParts,
  pages: AccountBookPages,
  { pin, ...wanted }: NewAccount,
): KeptAccount & { readonly isNew: boolean } {
  const { token } = names.of(wanted);
  const known = pages.account(token);
  if (known !== undefined) return { token, account: known, isNew: false };
  if (!issuer.keySets.some(({ issuerIdentifier }) => wanted.pan.startsWith(issuerIdentifier))) {
    throw new IssuerHostError('card-without-keys', 'pan');
  }
  const account: CardAccount = openAccount({
    ...wanted,
    ...(pin !== undefined && { pin: { digits: pin, triesLeft: PIN_TRIES } }),
  });
  pages.putAccount(token, account);
  return { token, account, isNew: true };
}
