import { expect } from 'vitest';
import { fromHex } from '../../../../emv/index.js';
import {
  authorize,
  type CardAccount,
  type CardFile,
  confirmScripts,
  createTestIssuer,
  openAccount,
  type ScriptOrder,
} from '../../../../simulator/index.js';
import type { CardChannel } from '../../../../src/readers/index.js';
import { runContactTransaction } from '../../../../src/terminal/index.js';
import { DATE, SHOP } from '../../../terminal/contact/card-and-issuer.js';
import { issue, pki, terminalData } from '../../card-in-hand.js';
import type { Belief, Scenario, State } from '../scenario.js';
import { caKeys } from './contactless.js';

const PIN = '123456';
const AMOUNT = 1_000;
const ACCOUNT = 100_000;
const issuer = createTestIssuer(pki);

interface Meeting {
  readonly data?: Readonly<Record<string, string>>;
  readonly online?: boolean;
  readonly pins?: readonly string[];
  readonly orders?: readonly ScriptOrder[];
  readonly kind?: 'load';
  readonly pan?: string;
}

/** A card in a shop's slot; the issuer answers, and hears in the end what became of its scripts. */
async function meet(
  channel: CardChannel,
  { data = {}, online = false, pins = [PIN], orders = [], kind, pan = '6228000100000000017' }: Meeting = {},
): Promise<Belief> {
  let account: CardAccount = openAccount({
    pan,
    panSequenceNumber: '01',
    availableFen: ACCOUNT,
    orders,
  });
  let turn = 0;
  const { outcome, tear, trace } = await runContactTransaction(
    {
      data: terminalData({ ...SHOP, ...data }),
      unpredictableNumber: fromHex('01020304'),
      date: DATE,
      caKeys,
      requestsOnline: online,
    },
    channel,
    {
      enterPin: () => pins[turn++],
      authorizeOnline: ({ data: sent }) => {
        const authorized = authorize(issuer, account, { data: sent, date: DATE, ...(kind && { kind }) });
        account = authorized.account ?? account;
        return authorized.answer;
      },
    },
  );
  account = confirmScripts(account, outcome.scriptResults);
  const isLoad = kind === 'load';
  return {
    booked: outcome.outcome === 'approved-offline' ? AMOUNT : 0,
    mayHavePaid: tear !== undefined && trace.at(-1)?.name === 'generate-ac',
    account: account.availableFen,
    bookedOnline: outcome.outcome === 'approved-online' && !isLoad ? AMOUNT : 0,
    issuerKnows: outcome.reversalRequired || account.sent.length > 0,
  };
}

const card =
  (state: Partial<State> = {}, profile = 'service-card-51') =>
  (): CardFile => {
    const file = issue(profile);
    Object.assign(file.state[0]!, state);
    return file;
  };

const contact = { over: 'contact', account: ACCOUNT } as const;
const started = { applicationTransactionCounter: 1 };
const logged = { log: [expect.stringContaining('000000001000')] };
const cash = { '9F7A': '01', '9F7B': '000000100000' };
/** A write that leaves all as it was: the right PIN, an issuer that is the right one. */
const unchanged = {};
const asked = { onlineAuthorizationPending: true };
const completed = { onlineAuthorizationPending: false, lastOnlineApplicationTransactionCounter: 1, ...logged };
const online = [started, unchanged, asked, unchanged, completed];
const script = (number: number) => ({ scriptCommands: number });
const cumulative = ({ cumulativeOfflineAmount }: State) => -cumulativeOfflineAmount;
const record = '7081'.padEnd(20, '0');

export const contactScenarios: readonly Scenario[] = [
  {
    ...contact,
    name: 'contact, approved offline with the PIN',
    file: card(),
    run: (channel) => meet(channel),
    writes: [started, unchanged, { cumulativeOfflineAmount: AMOUNT, cumulativeDualCurrencyAmount: AMOUNT, ...logged }],
    worth: cumulative,
  },
  {
    ...contact,
    name: 'contact, wrong PINs before the right one',
    file: card({ pinTriesLeft: 2 }),
    run: (channel) => meet(channel, { pins: ['1111', PIN] }),
    writes: [
      started,
      { pinTriesLeft: 1 },
      { pinTriesLeft: 3 },
      { cumulativeOfflineAmount: AMOUNT, cumulativeDualCurrencyAmount: AMOUNT, ...logged },
    ],
    worth: cumulative,
  },
  {
    ...contact,
    name: 'contact, electronic cash',
    file: card(),
    run: (channel) => meet(channel, { data: cash }),
    writes: [started, unchanged, { balance: 9_000, ...logged }],
  },
  {
    ...contact,
    name: 'contact, electronic cash in the second currency',
    file: () => {
      const file = card({ secondBalance: 5_000 })();
      Object.assign(file.applications[0]!.data, { DF71: '0344', DF77: '000000100000', DF79: '000000005000' });
      return file;
    },
    run: (channel) => meet(channel, { data: { ...cash, '5F2A': '0344' } }),
    writes: [started, unchanged, { secondBalance: 4_000, ...logged }],
  },
  {
    ...contact,
    name: 'contact, authorized online',
    file: card({ cumulativeOfflineAmount: 5_000, foreignCurrencyTransactions: 2 }),
    run: (channel) => meet(channel, { online: true }),
    writes: [...online.slice(0, -1), { ...completed, cumulativeOfflineAmount: 0, foreignCurrencyTransactions: 0 }],
  },
  {
    ...contact,
    name: 'contact, declined online',
    file: card(),
    run: (channel) => meet(channel, { data: { '9F02': '000000900000' } }),
    writes: [started, unchanged, asked, unchanged, { onlineAuthorizationPending: false }],
  },
  {
    ...contact,
    name: 'contact, a load',
    file: card(),
    run: (channel) => meet(channel, { online: true, kind: 'load' }),
    writes: [...online, { balance: 11_000, ...script(1), loadLog: [expect.stringContaining('000000011000')] }],
  },
  {
    ...contact,
    name: 'contact, a load with SM2 and SM4',
    file: card({}, 'service-card-51-sm'),
    run: (channel) => meet(channel, { online: true, kind: 'load', pan: '6228000100000006006' }),
    writes: [...online, { balance: 11_000, ...script(1), loadLog: [expect.stringContaining('000000011000')] }],
  },
  {
    ...contact,
    name: 'contact, a script: data, record, PIN',
    file: card(),
    run: (channel) =>
      meet(channel, {
        online: true,
        orders: [
          { kind: 'put-data', tag: '9F78', value: '000000050000' },
          { kind: 'update-record', shortFileIdentifier: 2, recordNumber: 1, record },
          { kind: 'change-pin', newPin: '654321' },
        ],
      }),
    writes: [
      ...online,
      { changedData: { '9F78': '000000050000' }, ...script(1) },
      { changedRecords: [{ shortFileIdentifier: 2, recordNumber: 1, bytes: record }], ...script(2) },
      { changedPin: '654321', ...script(3) },
    ],
  },
  ...(['block-application', 'block-card'] as const).map(
    (kind): Scenario => ({
      ...contact,
      name: `contact, a script: ${kind}`,
      file: card(),
      run: (channel) => meet(channel, { online: true, orders: [{ kind }] }),
      writes: [...online, { blocked: kind === 'block-card' ? 'card' : 'application', ...script(1) }],
    }),
  ),
  {
    ...contact,
    name: 'contact, a script: the PIN is unblocked',
    file: card({ pinTriesLeft: 0 }),
    run: (channel) => meet(channel, { online: true, orders: [{ kind: 'unblock-pin' }] }),
    writes: [started, asked, unchanged, completed, { pinTriesLeft: 3, ...script(1) }],
  },
];
