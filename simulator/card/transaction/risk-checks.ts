import { amountOf, byteOf } from '../personalized.js';
import type { VerificationResult } from './card-verification-results.js';
import { dualCurrencyAmount, isForeignCountry, isForeignCurrency, type RiskInput } from './risk-input.js';

/** What the card would rather do than approve. */
export type Wish = 'online' | 'decline' | 'decline-and-block';

export interface RiskCheck {
  readonly name: string;
  readonly reference: string;
  readonly result?: VerificationResult;
  /** Also done in an electronic cash transaction (JR/T 0025.13-2013 7.4.4). */
  readonly inElectronicCash?: true;
  applies(input: RiskInput): boolean;
  /** What follows from a check that applies; `undefined`: nothing but the result. */
  wish?(input: RiskInput): Wish | undefined;
}

/** A personalized limit of one byte, or an amount. */
const limit = (data: RiskInput['data'], tag: string): number | undefined =>
  data[tag]?.length === 2 ? byteOf(data, tag) : amountOf(data, tag);

const above = (value: number, allowed: number | undefined): boolean => allowed !== undefined && value > allowed;

const offlineSinceOnline = ({ state }: RiskInput): number =>
  state.applicationTransactionCounter - state.lastOnlineApplicationTransactionCounter;

const sumAbove = (input: RiskInput, tag: string): boolean =>
  input.currency === input.data['9F51'] &&
  above(input.state.cumulativeOfflineAmount + input.amount, limit(input.data, tag));

const dualSumAbove = (input: RiskInput, tag: string): boolean => {
  const added = dualCurrencyAmount(input);
  return added > 0 && above(input.state.cumulativeDualCurrencyAmount + added, limit(input.data, tag));
};

const isNewCard = ({ state }: RiskInput): boolean => state.lastOnlineApplicationTransactionCounter === 0;

const pinTriesUsedUp = ({ state, verified, data }: RiskInput): boolean =>
  data['9F17'] !== undefined && state.pinTriesLeft === 0 && !verified;

const online = (): Wish => 'online';
const decline = (): Wish => 'decline';
const FIRST = 'JR/T 0025.5-2013 14.4.3';
const UNABLE = 'JR/T 0025.5-2013 16.7';
const counters = 'countersExceeded' as const;

/** At the first GENERATE AC all checks run; the strictest wish counts. */
export const firstChecks: readonly RiskCheck[] = [
  {
    name: 'online authorization not completed',
    reference: FIRST,
    result: 'lastOnlineTransactionNotCompleted',
    applies: ({ state }) => state.onlineAuthorizationPending,
    wish: online,
  },
  {
    name: 'issuer authentication failed last time',
    reference: FIRST,
    result: 'issuerAuthenticationFailedLast',
    applies: ({ state, profile }) => profile.has('issuerAuthentication') && state.issuerAuthenticationFailed,
    wish: ({ actions }) => (actions.has('onlineAfterFailedIssuerAuthentication') ? 'online' : undefined),
  },
  {
    name: 'static authentication failed last time',
    reference: FIRST,
    result: 'staticDataAuthenticationFailedLast',
    inElectronicCash: true,
    applies: ({ state }) => state.staticDataAuthenticationFailed,
  },
  {
    name: 'dynamic authentication failed last time',
    reference: FIRST,
    result: 'dynamicDataAuthenticationFailedLast',
    inElectronicCash: true,
    applies: ({ state }) => state.dynamicDataAuthenticationFailed,
  },
  {
    name: 'a script failed last time',
    reference: FIRST,
    result: 'scriptFailed',
    applies: ({ state }) => state.scriptFailed,
    wish: ({ actions }) => (actions.has('onlineAfterFailedScript') ? 'online' : undefined),
  },
  {
    name: 'lower limit of consecutive offline transactions (9F58)',
    reference: FIRST,
    result: counters,
    applies: (input) => above(offlineSinceOnline(input), limit(input.data, '9F58')),
    wish: online,
  },
  {
    name: 'consecutive transactions in another currency (9F53)',
    reference: FIRST,
    result: counters,
    applies: (input) =>
      isForeignCurrency(input) && above(input.state.foreignCurrencyTransactions + 1, limit(input.data, '9F53')),
    wish: online,
  },
  {
    name: 'consecutive transactions in another country (9F72)',
    reference: FIRST,
    result: counters,
    applies: (input) =>
      isForeignCountry(input) && above(input.state.foreignCountryTransactions + 1, limit(input.data, '9F72')),
    wish: online,
  },
  {
    name: 'sum of amounts (9F54)',
    reference: FIRST,
    result: counters,
    applies: (input) => sumAbove(input, '9F54'),
    wish: online,
  },
  {
    name: 'sum of amounts in both currencies (9F75)',
    reference: FIRST,
    result: counters,
    applies: (input) => dualSumAbove(input, '9F75'),
    wish: online,
  },
  {
    name: 'new card',
    reference: FIRST,
    result: 'newCard',
    applies: isNewCard,
    wish: ({ actions }) => (actions.has('newCardOnline') ? 'online' : undefined),
  },
  {
    name: 'PIN tries used up before',
    reference: FIRST,
    result: 'pinTriesExceeded',
    applies: pinTriesUsedUp,
    wish: ({ actions }) => {
      if (actions.has('blockAfterEarlierPinLimit')) return 'decline-and-block';
      if (actions.has('declineAfterEarlierPinLimit')) return 'decline';
      return actions.has('onlineAfterEarlierPinLimit') ? 'online' : undefined;
    },
  },
];

/** At the second GENERATE AC of a terminal that could not go online. */
export const unableToGoOnlineChecks: readonly RiskCheck[] = [
  {
    name: 'upper limit of consecutive offline transactions (9F59)',
    reference: UNABLE,
    result: counters,
    applies: (input) => above(offlineSinceOnline(input), limit(input.data, '9F59')),
    wish: decline,
  },
  {
    name: 'new card',
    reference: UNABLE,
    result: 'newCard',
    applies: isNewCard,
    wish: ({ actions }) => (actions.has('newCardDeclined') ? 'decline' : undefined),
  },
  {
    name: 'PIN tries used up before',
    reference: UNABLE,
    result: 'pinTriesExceeded',
    applies: pinTriesUsedUp,
    wish: ({ actions }) => (actions.has('declineIfOfflineAfterEarlierPinLimit') ? 'decline' : undefined),
  },
  {
    name: 'sum of amounts (9F5C)',
    reference: UNABLE,
    result: counters,
    applies: (input) => sumAbove(input, '9F5C'),
    wish: decline,
  },
  {
    name: 'sum of amounts in both currencies (9F5C)',
    reference: UNABLE,
    result: counters,
    applies: (input) => dualSumAbove(input, '9F5C'),
    wish: decline,
  },
];
