import type { CardAccount } from '../card-account.js';
import type { AccountBookPages } from './account-book.js';
import { IssuerHostError } from './host-error.js';

/** Throws {@link IssuerHostError} where there is none. */
export function knownAccount(pages: Pick<AccountBookPages, 'account'>, token: string): CardAccount {
  const account = pages.account(token);
  if (account === undefined) throw new IssuerHostError('account-unknown', token);
  return account;
}
