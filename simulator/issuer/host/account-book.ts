import type { CardAccount } from '../card-account.js';
import type { AuthorizationAnswer } from './authorization-answer.js';

/** An authorization as it was answered, for whoever asks again and for what comes after it. */
export interface KeptAuthorization {
  readonly id: string;
  /** The account's token. */
  readonly token: string;
  /** Of the request, so that another one under the same counter and cryptogram is known. */
  readonly digest: string;
  /** What a reversal gives back: of a purchase or cash that was approved; a load is settled by its script. */
  readonly amountFen: number;
  /** The day whose sums it counts in, YYYY-MM-DD. */
  readonly date: string;
  readonly answer: AuthorizationAnswer;
  readonly confirmation?: { readonly digest: string } | undefined;
}

/** An order with a name of the client's, so that it counts once however often it is sent. Its digest gives no PIN away. */
export interface KeptOrder {
  readonly id: string;
  readonly digest: string;
}

/** What a host reads and writes within one transaction. */
export interface AccountBookPages {
  account(token: string): CardAccount | undefined;
  putAccount(token: string, account: CardAccount): void;
  /** By token, from the first after `after` on. */
  accounts(page: { readonly after?: string | undefined; readonly limit: number }): readonly KeptAccount[];
  authorization(id: string): KeptAuthorization | undefined;
  putAuthorization(authorization: KeptAuthorization): void;
  order(token: string, id: string): KeptOrder | undefined;
  putOrder(token: string, order: KeptOrder): void;
}

export interface KeptAccount {
  readonly token: string;
  readonly account: CardAccount;
}

/**
 * Where a host keeps its accounts. A transaction is kept whole, and durably, when it returns; nothing of it is when it
 * throws; and no two run at once.
 */
export interface AccountBook {
  transaction<Result>(work: (pages: AccountBookPages) => Result): Result;
}
