import { toHex } from '../../../emv/bytes.js';
import type { AuthorizationKind } from '../authorization-request.js';
import type { CardAccount } from '../card-account.js';
import type { OpenedRequest } from '../open-request.js';
import { takesScripts } from '../scripts/settle-by-card.js';
import type { Check } from './check.js';

export const checkCurrency: Check = ({ account, request }) => {
  const currency = request.data.get('5F2A');
  return currency === undefined || toHex(currency) === account.currency ? undefined : 'currency-unknown';
};

const MOVES_NOTHING: ReadonlySet<AuthorizationKind | undefined> = new Set(['balance', 'maintenance'] as const);

/** Limits of one transaction and of the day, then the money that is there; for what moves money. */
export const checkAmount: Check = ({ account, amountFen, request }) => {
  if (MOVES_NOTHING.has(request.kind)) return undefined;
  const {
    amountEachFen = Infinity,
    amountDailyFen = Infinity,
    countDaily = Infinity,
    referralFen = Infinity,
  } = account.limits;
  const today = dayOf(account, request.date);
  if (amountFen > amountEachFen || today.amountFen + amountFen > amountDailyFen) return 'amount-limit-exceeded';
  if (today.count + 1 > countDaily) return 'count-limit-exceeded';
  if (amountFen > account.availableFen) return 'funds-insufficient';
  return amountFen > referralFen ? 'referral-needed' : undefined;
};

/** Whether the purse can take what is to be loaded (JR/T 0025.13-2013 8). */
export const checkLoad: Check = (opened) => {
  if (opened.request.kind !== 'load') return undefined;
  if (!takesScripts(opened)) return 'scripts-not-taken';
  const balance = purseBalanceOf(opened);
  if (balance === undefined) return 'purse-balance-unknown';
  return balance + opened.amountFen > purseLimitOf(opened.account) ? 'purse-limit-exceeded' : undefined;
};

/** The most that a card can tell its issuer: 5 bytes of format n (JR/T 0025.12-2013 D.5). */
const TOLD_MAX = 9_999_999_999;

/** Beyond what the card can tell nothing is loaded: the next load would begin from another balance than there is. */
export const purseLimitOf = ({ limits }: CardAccount): number => Math.min(limits.purseFen ?? TOLD_MAX, TOLD_MAX);

/** What the card says that its purse holds, fen; open pre-authorizations counted in (JR/T 0025.14-2013 6.2.8). */
export const purseBalanceOf = ({ issuerApplicationData }: OpenedRequest): number | undefined =>
  issuerApplicationData.discretionaryData?.amounts.electronicCashBalance;

/** The sums of a day, which begin anew with each. */
export const dayOf = (account: CardAccount, date: string): CardAccount['day'] =>
  account.day.date === date ? account.day : { date, count: 0, amountFen: 0 };
