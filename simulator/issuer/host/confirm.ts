import { toHex } from '../../../emv/bytes.js';
import type { CardAccount } from '../card-account.js';
import { confirmScripts } from '../confirm-scripts.js';
import type { AccountBookPages, KeptAccount, KeptAuthorization } from './account-book.js';
import { IssuerHostError } from './host-error.js';
import type { HostParts } from './host-parts.js';
import { knownAccount } from './known-account.js';

export interface Confirmation {
  /** `reversed`: the issuer approved, and it came to nothing; the money is given back. */
  readonly outcome: 'completed' | 'reversed';
  /** 5 bytes each (EMV 4.3 Book 4 Annex A5). What the terminal does not tell, the card tells next time. */
  readonly scriptResults: readonly Uint8Array[];
}

/** Settles what an authorization left open. A load stands or falls with its script alone, reversed or not. */
export function confirm(
  { names }: HostParts,
  pages: AccountBookPages,
  id: string,
  confirmation: Confirmation,
): KeptAccount {
  const authorization = pages.authorization(id);
  if (authorization === undefined) throw new IssuerHostError('authorization-unknown', id);
  const { token } = authorization;
  const before = knownAccount(pages, token);
  const { outcome, scriptResults } = confirmation;
  const digest = names.digestOf([outcome, scriptResults.map(toHex)]);
  if (authorization.confirmation !== undefined) {
    if (authorization.confirmation.digest !== digest) throw new IssuerHostError('confirmation-differs', id);
    return { token, account: before };
  }
  const settled = confirmScripts(before, scriptResults);
  const account = outcome === 'reversed' ? givenBack(settled, authorization) : settled;
  pages.putAccount(token, account);
  pages.putAuthorization({ ...authorization, confirmation: { digest } });
  return { token, account };
}

function givenBack(account: CardAccount, { amountFen, date }: KeptAuthorization): CardAccount {
  if (amountFen === 0) return account;
  const { day } = account;
  return {
    ...account,
    availableFen: account.availableFen + amountFen,
    day: day.date === date ? { date, count: day.count - 1, amountFen: day.amountFen - amountFen } : day,
  };
}
