import { expect, test } from 'vitest';
import { openCard } from '../../../simulator/index.js';
import { issue, issueChanged, random } from '../card-in-hand.js';

const inspect = (file: ReturnType<typeof issue>) => openCard(file, { random }).inspect().applications[0]!;

test('a card is handed out with the past that its profile tells', () => {
  const { counters, log } = inspect(issue('used-card'));
  expect(counters).toMatchObject({
    applicationTransactionCounter: 41,
    lastOnlineApplicationTransactionCounter: 39,
    cumulativeOfflineAmount: 1840,
    pinTriesLeft: 3,
  });
  expect(log).toEqual([
    { date: '2015-12-30', time: '07:55:12', amountFen: 200, currency: '156', applicationTransactionCounter: 41 },
    { date: '2015-12-29', time: '18:20:41', amountFen: 1440, currency: '156', applicationTransactionCounter: 40 },
    { date: '2015-12-29', time: '07:54:30', amountFen: 200, currency: '156', applicationTransactionCounter: 38 },
  ]);
});

test('a log keeps no more than its file has room for, the newest first', () => {
  const fresh = inspect(issue('service-card-51'));
  expect(fresh.log).toEqual([]);
  const entry = (amountFen: number) => ({
    date: '2016-01-04',
    amountFen,
    currency: '0156',
    transactionCounter: amountFen,
  });
  const state = { ...emptyState, log: Array.from({ length: 12 }, (_, index) => entry(12 - index)) };
  const { log, counters } = inspect(issueChanged('service-card-51', { state }));
  expect(log.map(({ amountFen }) => amountFen)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  expect(counters.applicationTransactionCounter).toBe(0);
});

test('blocks and tries are as the profile says, and all tries are left where it says nothing', () => {
  expect(inspect(issue('blocked-card')).blocked).toBe('card');
  expect(inspect(issue('pin-blocked')).counters.pinTriesLeft).toBe(0);
  expect(inspect(issueChanged('service-card-51', { pinTries: 5 })).counters.pinTriesLeft).toBe(5);
});

const emptyState = {
  transactionCounter: 0,
  cumulativeOfflineFen: 0,
  foreignCurrencyTransactions: 0,
  foreignCountryTransactions: 0,
  offsetUsedFen: 0,
  onlineAuthorizationPending: false,
  issuerAuthenticationFailed: false,
};
