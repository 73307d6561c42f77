import type { CardAccount } from '../card-account.js';
import type { AccountBook, AccountBookPages, KeptAuthorization, KeptOrder } from './account-book.js';

interface Shelf {
  readonly accounts: Map<string, CardAccount>;
  readonly authorizations: Map<string, KeptAuthorization>;
  readonly orders: Map<string, KeptOrder>;
}

/** A book that lasts as long as the process: for a terminal that brings its issuer along, and for tests. */
export function createMemoryAccountBook(): AccountBook {
  let shelf: Shelf = { accounts: new Map(), authorizations: new Map(), orders: new Map() };
  return {
    transaction(work) {
      const draft: Shelf = {
        accounts: new Map(shelf.accounts),
        authorizations: new Map(shelf.authorizations),
        orders: new Map(shelf.orders),
      };
      const result = work(pagesOf(draft));
      shelf = draft;
      return result;
    },
  };
}

const pagesOf = ({ accounts, authorizations, orders }: Shelf): AccountBookPages => ({
  account: (token) => accounts.get(token),
  putAccount: (token, account) => void accounts.set(token, account),
  accounts: ({ after = '', limit }) =>
    [...accounts]
      .map(([token, account]) => ({ token, account }))
      .filter(({ token }) => token > after)
      .sort((left, right) => (left.token < right.token ? -1 : 1))
      .slice(0, limit),
  authorization: (id) => authorizations.get(id),
  putAuthorization: (authorization) => void authorizations.set(authorization.id, authorization),
  order: (token, id) => orders.get(`${token}/${id}`),
  putOrder: (token, order) => void orders.set(`${token}/${order.id}`, order),
});
