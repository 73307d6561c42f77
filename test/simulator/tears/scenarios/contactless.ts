import { expect } from 'vitest';
import { createCertificationAuthorityKeyStore } from '../../../../emv/index.js';
import { type CardFile, testCaKeys } from '../../../../simulator/index.js';
import type { CardChannel } from '../../../../src/readers/index.js';
import {
  recoverTap,
  type TapCardOptions,
  type TapResult,
  tapCard,
  terminalProfiles,
} from '../../../../src/terminal/index.js';
import { seededRandom } from '../../../terminal/tap/tap-fixture.js';
import { issue, pki } from '../../card-in-hand.js';
import { type Belief, nothingBooked, type Scenario, type State } from '../scenario.js';

export const caKeys = createCertificationAuthorityKeyStore(testCaKeys(pki));

const validator = terminalProfiles['bus-validator'];
/** Online-capable, and above its floor limit. */
const onlineCapable = {
  ...validator,
  accepts: ['approved-offline', 'online-requested'] as typeof validator.accepts,
  terminal: { ...validator.terminal, terminalTransactionQualifiers: '20000080' },
  limits: { ...validator.limits, floorFen: 100 },
};

const common = {
  operator: 'ningbo-bus',
  terminal: 'bus-0815',
  place: { line: '2', region: 'urban' },
  sequence: 1,
  clock: () => new Date('2015-10-03T00:25:00Z'),
  caKeys,
} as const;

/** What an accepted tap books; what is to be authorized online, the issuer books. */
function beliefOf(result: TapResult, fromPurse: boolean): Belief {
  const { accepted, amountFen, mayHaveDebited, outcome, tapRecord } = result;
  const amount = accepted ? amountFen : 0;
  const isOffline = fromPurse || outcome === 'approved-offline';
  return {
    ...nothingBooked,
    booked: isOffline ? amount : 0,
    mayHavePaid: mayHaveDebited,
    ...(tapRecord && { evidence: tapRecord.evidence }),
    recover: async (channel) => (await recoverTap(result, { channel, profile: validator }))?.verdict,
  };
}

const tap = async (channel: CardChannel, changed: Partial<TapCardOptions> = {}, fromPurse = false): Promise<Belief> =>
  beliefOf(await tapCard({ ...common, profile: validator, random: seededRandom(8), ...changed, channel }), fromPurse);

/** A card with other data objects and another state. */
const cardWith =
  (data: Readonly<Record<string, string>>, state: Partial<State> = {}, profile = 'service-card-51') =>
  (): CardFile => {
    const file = issue(profile);
    Object.assign(file.applications[0]!.data, data);
    Object.assign(file.state[0]!, state);
    return file;
  };

const started = { applicationTransactionCounter: 1 };
const logged = { log: [expect.stringContaining('000000000200')] };
const contactless = { over: 'contactless' } as const;

/** 9F68 of the rows of decision 7 (JR/T 0025.12-2013 7.7.10 to 7.7.12), all with the log. */
const processes = {
  lowValue: '80100000',
  both: '40100000',
  either: '20100000',
  foreign: '84100000',
  prepaid: '80900000',
} as const;
const LIMIT = { '9F54': '000000001000' };

export const contactlessScenarios: readonly Scenario[] = [
  {
    ...contactless,
    name: 'qPBOC, approved offline from the purse',
    file: cardWith({}),
    run: (channel) => tap(channel),
    writes: [started, { balance: 9_800, ...logged }],
  },
  {
    ...contactless,
    name: 'qPBOC, approved offline with SM2 and SM4',
    file: cardWith({}, {}, 'service-card-51-sm'),
    run: (channel) => tap(channel),
    writes: [started, { balance: 9_800, ...logged }],
  },
  {
    ...contactless,
    name: 'qPBOC, purse and cumulative amount (7.7.11)',
    file: cardWith({ ...LIMIT, '9F68': processes.both }),
    run: (channel) => tap(channel),
    writes: [started, { balance: 9_800, cumulativeOfflineAmount: 200, ...logged }],
  },
  {
    ...contactless,
    name: 'qPBOC, cumulative amount where the purse is too small (7.7.12)',
    cannotBeAsked: true,
    file: cardWith({ ...LIMIT, '9F68': processes.either }, { balance: 100 }),
    run: (channel) => tap(channel),
    writes: [started, { cumulativeOfflineAmount: 200, ...logged }],
    worth: ({ balance, cumulativeOfflineAmount }) => balance - cumulativeOfflineAmount,
  },
  {
    ...contactless,
    name: 'qPBOC in another currency, counted (7.7.5)',
    cannotBeAsked: true,
    file: cardWith({ '9F53': '05', '9F68': processes.foreign }),
    run: (channel) =>
      tap(channel, { profile: { ...validator, terminal: { ...validator.terminal, currency: '0840' } } }),
    writes: [started, { foreignCurrencyTransactions: 1, ...logged }],
    /** Foreign amounts are the bank's: what the card spends is one of its counted transactions. */
    worth: ({ foreignCurrencyTransactions }) => -200 * foreignCurrencyTransactions,
  },
  {
    ...contactless,
    name: 'qPBOC from the purse of the second currency (JR/T 0025.15-2013)',
    cannotBeAsked: true,
    file: cardWith(
      { DF71: '0344', DF77: '000000100000', DF78: '000000002000', DF79: '000000005000' },
      { secondBalance: 5_000 },
    ),
    run: (channel) =>
      tap(channel, { profile: { ...validator, terminal: { ...validator.terminal, currency: '0344' } } }),
    writes: [started, { secondBalance: 4_800, ...logged }],
  },
  {
    ...contactless,
    name: 'qPBOC, to be authorized online',
    file: cardWith({}),
    run: (channel) => tap(channel, { profile: onlineCapable, random: seededRandom(8) }),
    writes: [started],
  },
  {
    ...contactless,
    name: 'qPBOC, declined for want of money',
    file: cardWith({}, { balance: 100 }),
    run: (channel) => tap(channel),
    writes: [started],
  },
  {
    ...contactless,
    name: 'qPBOC, prepaid: debited with the ARQC (7.7.15)',
    file: cardWith({ '9F68': processes.prepaid }),
    run: (channel) => tap(channel, { profile: onlineCapable }, true),
    writes: [{ ...started, balance: 9_800 }],
    paysWithoutWindow: true,
  },
];
