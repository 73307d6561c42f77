import type { ScriptOrder, SentScript } from './scripts/script-order.js';

export type AccountStatus = 'active' | 'lost' | 'stolen' | 'closed';

export interface AccountLimits {
  /** Fen; absent for none. */
  readonly amountEachFen?: number | undefined;
  readonly amountDailyFen?: number | undefined;
  readonly countDaily?: number | undefined;
  /** Above it the holder has to be called (authorization response code 01). */
  readonly referralFen?: number | undefined;
  /** The most that the purse may hold (9F77 as personalized). */
  readonly purseFen?: number | undefined;
}

export interface OrderedLoad {
  readonly id: string;
  readonly amountFen: number;
}

/**
 * What the issuer knows of a card. Whoever keeps it hands it in, and stores the one that comes back; it holds the card
 * number and PINs, so it is stored enciphered or not at all.
 */
export interface CardAccount {
  /** In digits. */
  readonly pan: string;
  /** Two digits. */
  readonly panSequenceNumber: string;
  readonly status: AccountStatus;
  /** Numeric code, four digits (`0156`). */
  readonly currency: string;
  readonly availableFen: number;
  readonly limits: AccountLimits;
  /** The highest application transaction counter that was seen; 0 before the first. */
  readonly transactionCounter: number;
  /** Authorizations of one day, for the daily limits. */
  readonly day: { readonly date: string; readonly count: number; readonly amountFen: number };
  /** For the online PIN; absent where the card has none. */
  readonly pin?: { readonly digits: string; readonly triesLeft: number } | undefined;
  /** What the card is to be told at its next transaction, in this order. */
  readonly orders: readonly ScriptOrder[];
  /** Loads that were ordered; their money is no longer available, and goes to the purse when the card tells its balance. */
  readonly loads: readonly OrderedLoad[];
  /** What it was told, until the terminal says how that went. */
  readonly sent: readonly SentScript[];
}

/** Wrong online PINs, one after the other, before none is looked at any more. */
export const PIN_TRIES = 3;

/** An account of a card that was never used. */
export function openAccount(
  account: Pick<CardAccount, 'pan' | 'panSequenceNumber' | 'availableFen'> & Partial<CardAccount>,
): CardAccount {
  return {
    status: 'active',
    currency: '0156',
    limits: {},
    transactionCounter: 0,
    day: { date: '', count: 0, amountFen: 0 },
    orders: [],
    loads: [],
    sent: [],
    ...account,
  };
}

/** The account with another order, after those that wait. */
export const order = (account: CardAccount, ...orders: readonly ScriptOrder[]): CardAccount => ({
  ...account,
  orders: [...account.orders, ...orders],
});

/** The account with a load ordered, its money set aside; `undefined` where that is more than there is. */
export const orderLoad = (account: CardAccount, load: OrderedLoad): CardAccount | undefined =>
  load.amountFen > account.availableFen
    ? undefined
    : { ...account, availableFen: account.availableFen - load.amountFen, loads: [...account.loads, load] };

/** The account without what waits for the card; money that was set aside is available again. */
export const cancelOrders = (account: CardAccount): CardAccount => ({
  ...account,
  availableFen: account.availableFen + sumOf(account.loads),
  orders: [],
  loads: [],
});

/** Fen. */
const sumOf = (loads: readonly OrderedLoad[]): number => loads.reduce((sum, { amountFen }) => sum + amountFen, 0);
