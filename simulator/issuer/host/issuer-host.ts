import type { DataMap } from '../../../emv/tlv/index.js';
import type { CardAccount } from '../card-account.js';
import type { CardNumber } from '../card-number.js';
import type { ScriptOrder } from '../scripts/script-order.js';
import type { AccountBookPages, KeptAccount } from './account-book.js';
import { type AccountChanges, changeAccount } from './accounts/change-account.js';
import { type NewAccount, openNewAccount } from './accounts/open-new-account.js';
import { placeLoad, placeOrder } from './accounts/place-order.js';
import { type Advised, advise } from './advise.js';
import { type Answered, answerRequest } from './answer-request.js';
import { CardNames } from './card-names.js';
import { type Confirmation, confirm } from './confirm.js';
import type { HostParts, HostRequest, IssuerHostOptions } from './host-parts.js';
import { knownAccount } from './known-account.js';

/**
 * A card issuer's host with its accounts: what is asked twice is answered twice the same, and what it says is kept before
 * it says it. Its methods throw {@link IssuerHostError} for what cannot be, and then have changed nothing.
 */
export interface IssuerHost {
  authorize(request: HostRequest): Answered;
  /** How the card took its scripts, and whether the transaction stands. The same again changes nothing more. */
  confirm(authorizationId: string, confirmation: Confirmation): KeptAccount;
  /** Takes note of a transaction that was decided without the issuer. No money moves: that is clearing's. */
  advise(data: DataMap): Advised;
  /** `isNew`: whether this call has opened it; a card has one account. */
  openAccount(account: NewAccount): KeptAccount & { readonly isNew: boolean };
  account(token: string): KeptAccount;
  accounts(page: { readonly after?: string | undefined; readonly limit: number }): readonly KeptAccount[];
  changeAccount(token: string, changes: AccountChanges): KeptAccount;
  /** What the card is to be told at its next transaction over contact. With the same `id` it counts once. */
  order(token: string, id: string, order: ScriptOrder): KeptAccount & { readonly isNew: boolean };
  /** Moves money to the card's purse at its next transaction over contact; it is set aside at once. */
  load(token: string, id: string, amountFen: number): KeptAccount & { readonly isNew: boolean };
  nameOf(card: Pick<CardNumber, 'pan' | 'panSequenceNumber'>): ReturnType<CardNames['of']>;
}

/**
 * An issuer's host over a book of accounts. What it throws is {@link IssuerHostError}, and what the book does.
 *
 * @example
 * ```ts
 * const host = createIssuerHost({ issuer: createTestIssuer(pki), book: createMemoryAccountBook(), clock, tokenKey, opensWith: { availableFen: 1_000_000 } });
 * const { answer } = host.authorize({ data });
 * host.confirm(answer.id!, { outcome: 'completed', scriptResults });
 * ```
 */
export function createIssuerHost({ book, tokenKey, ...options }: IssuerHostOptions): IssuerHost {
  const names = new CardNames(tokenKey);
  const parts: HostParts = { ...options, names };
  const change = (token: string, work: (account: CardAccount, pages: AccountBookPages) => CardAccount): KeptAccount =>
    book.transaction((pages) => {
      const account = work(knownAccount(pages, token), pages);
      pages.putAccount(token, account);
      return { token, account };
    });
  return {
    authorize: (request) => book.transaction((pages) => answerRequest(parts, pages, request)),
    confirm: (id, confirmation) => book.transaction((pages) => confirm(parts, pages, id, confirmation)),
    advise: (data) => book.transaction((pages) => advise(parts, pages, data)),
    openAccount: (account) => book.transaction((pages) => openNewAccount(parts, pages, account)),
    account: (token) => book.transaction((pages) => ({ token, account: knownAccount(pages, token) })),
    accounts: (page) => book.transaction((pages) => pages.accounts(page)),
    changeAccount: (token, changes) => change(token, (account) => changeAccount(account, changes)),
    order: (token, id, order) => book.transaction((pages) => placeOrder(parts, pages, token, id, order)),
    load: (token, id, amountFen) => book.transaction((pages) => placeLoad(parts, pages, token, id, amountFen)),
    nameOf: (card) => names.of(card),
  };
}
