import { expect } from 'vitest';
import {
  discountTrade,
  fromHex,
  journeyTrade,
  preAuthorizationTrade,
  type SmallPaymentAnswer,
  type SmallPaymentOutcome,
  type SmallPaymentRequest,
  smallPaymentTransaction,
  type Trade,
  type TradeLayout,
  type TradeRecord,
  toHex,
} from '../../../../emv/index.js';
import { type CardFile, tradeManagementKey } from '../../../../simulator/index.js';
import { softwareSecureAccessModule } from '../../../../src/cli/tap/small-payment/software-secure-access-module.js';
import type { CardChannel } from '../../../../src/readers/index.js';
import { terminalProfiles } from '../../../../src/terminal/index.js';
import { answerPort } from '../../../../src/terminal/small-payment/small-payment-ports.js';
import { driveKernel } from '../../../../src/terminal/tap/drive-kernel.js';
import { recoverTap } from '../../../../src/terminal/tap/recover-tap.js';
import { Conversation } from '../../../../src/terminal/tap/tap-exchange.js';
import { terminalData } from '../../../../src/terminal/tap/terminal-data.js';
import { tradeRecord } from '../../../emv/kernel/small-payment/capp-card.js';
import { issue, pki } from '../../card-in-hand.js';
import { type Belief, nothingBooked, type Scenario, type State } from '../scenario.js';
import { caKeys } from './contactless.js';

const METRO = 0x15;
const BUS = 0x16;
const CYCLIC = 0x1e;
const NAME = '3150';
const HERE = { line: 1, station: 102 };
const NOW = '20151003090000';
const LATER = '20151003180000';
const profile = terminalProfiles['metro-gate-offline'];

const ports = (fareFen: number) => ({
  secureAccessModule: softwareSecureAccessModule(pki.seed),
  fareTable: { codeOf: () => HERE, fareFen: () => fareFen },
});

/** A terminal with a trade of its own at the card; `fareFen` is what its table says. */
async function trade(channel: CardChannel, rules: Trade, fareFen = 0): Promise<Belief> {
  const conversation = new Conversation(channel, { exchange: 5000, transaction: Infinity }, () => 0, undefined);
  const kernel = smallPaymentTransaction({
    data: terminalData(profile, 0, { instant: '', date: '2015-10-03', time: '09:00:00' }),
    unpredictableNumber: fromHex('01020304'),
    date: '2015-10-03',
    caKeys,
    trade: rules,
  });
  const outcome = await driveKernel<SmallPaymentRequest, SmallPaymentOutcome, SmallPaymentAnswer>(kernel, (request) =>
    request.kind === 'command'
      ? conversation.ask(request)
      : answerPort(request, ports(fareFen), HERE, (length) => new Uint8Array(length)),
  );
  const amount = Number(toHex(outcome.data.get('9F02') ?? new Uint8Array(6)));
  const isPayment = outcome.outcome === 'approved-offline' && outcome.indicator !== 2;
  const mayHavePaid = outcome.debit === 'possible';
  return {
    ...nothingBooked,
    booked: isPayment ? amount : 0,
    mayHavePaid,
    recover: async (again) =>
      (await recoverTap({ mayHaveDebited: mayHavePaid, transaction: outcome }, { channel: again, profile }))?.verdict,
  };
}

type Stored = Pick<State['cappRecords'][number], 'shortFileIdentifier' | 'bytes'>;

const identifierOf = ({ shortFileIdentifier }: Stored): string => (shortFileIdentifier === CYCLIC ? '' : NAME);

/** The card of the small-payment extension with these records, the first of which a trade writes, and another state. */
const cardWith =
  (records: readonly Stored[], state: Partial<State> = {}) =>
  (): CardFile => {
    const file = issue('small-payment');
    const cappRecords = records.map((record) => ({
      ...record,
      managementKey: toHex(tradeManagementKey(pki, record.shortFileIdentifier, identifierOf(record))),
    }));
    Object.assign(file.state[0]!, state, { cappRecords });
    return file;
  };

const record = (shortFileIdentifier: number, layout: TradeLayout, fields: TradeRecord): Stored => ({
  shortFileIdentifier,
  bytes: tradeRecord(layout, fields),
});

const reference = (shortFileIdentifier: number) => ({ shortFileIdentifier, identifier: fromHex(NAME) });

const journey = (event: 'entry' | 'exit') =>
  journeyTrade({
    reference: reference(METRO),
    layout: 'journey',
    event,
    time: event === 'entry' ? NOW : LATER,
    fields: event === 'entry' ? { entryStation: 102, entryLine: 1 } : { exitStation: 207, exitLine: 2 },
    openJourney: 'refuse',
  });

const FROZEN = { state: 1, amount: 3_000, startTime: NOW, validUntil: '20151004235959' };
const preAuthorization = (step: 'start' | 'end') =>
  preAuthorizationTrade({
    reference: reference(BUS),
    amount: 3_000,
    time: step === 'start' ? NOW : LATER,
    validUntil: FROZEN.validUntil,
    terminal: 0xa1,
    merchant: 0xb2,
    step,
  });

const outside = record(METRO, 'journey', {});
const riding = record(METRO, 'journey', { entryTime: NOW, entryStation: 102, entryLine: 1, transactionFlag: 1 });
const free = record(BUS, 'preAuthorization', {});
const held = record(BUS, 'preAuthorization', FROZEN);
const discount = record(BUS, 'discount', { validUntil: '20161231235959' });
const hold = { shortFileIdentifier: BUS, identifier: NAME, amount: 3_000 };

const contactless = { over: 'contactless' } as const;
const started = { applicationTransactionCounter: 1 };
/** All that a transaction of the extension leaves beside its money, together with it. */
const written = (before: Stored, others = 0) => ({
  cappRecords: [
    { ...before, bytes: expect.not.stringMatching(before.bytes), managementKey: expect.any(String) },
    ...Array.from({ length: others }, () => expect.anything()),
  ],
  proof: { counter: 1, cryptogram: expect.stringMatching(/^[0-9A-F]{16}$/) },
  log: [expect.any(String)],
});

export const smallPaymentScenarios: readonly Scenario[] = [
  {
    ...contactless,
    name: 'small payment, an entry is written',
    file: cardWith([outside]),
    run: (channel) => trade(channel, journey('entry')),
    writes: [started, written(outside)],
  },
  {
    ...contactless,
    name: 'small payment, an exit is paid and written',
    file: cardWith([riding]),
    run: (channel) => trade(channel, journey('exit'), 300),
    writes: [started, { balance: 9_700, ...written(riding) }],
  },
  {
    ...contactless,
    name: 'small payment, an exit beyond the balance (DF62)',
    file: cardWith([riding], { balance: 200 }),
    run: (channel) => trade(channel, journey('exit'), 300),
    writes: [started, { balance: 0, offsetUsed: 100, ...written(riding) }],
  },
  {
    ...contactless,
    name: 'small payment, a discount written in two files',
    file: cardWith([
      discount,
      { shortFileIdentifier: CYCLIC, bytes: '00'.repeat(32) },
      { shortFileIdentifier: CYCLIC, bytes: '11'.repeat(32) },
    ]),
    run: (channel) =>
      trade(
        channel,
        discountTrade({ reference: reference(BUS), time: NOW, fare: 200, ride: { line: 2 }, ridesRead: 2 }),
        120,
      ),
    writes: [started, { balance: 9_880, ...written(discount, 3) }],
  },
  {
    ...contactless,
    name: 'pre-authorization, an amount is frozen',
    file: cardWith([free]),
    run: (channel) => trade(channel, preAuthorization('start')),
    writes: [
      started,
      {
        balance: 7_000,
        preAuthorizations: [hold],
        ...written(free),
        proof: { counter: 1, cryptogram: '0'.repeat(16) },
      },
    ],
  },
  {
    ...contactless,
    name: 'completion below what was frozen',
    file: cardWith([held], { balance: 7_000, preAuthorizations: [hold] }),
    run: (channel) => trade(channel, preAuthorization('end'), 1_700),
    writes: [started, { balance: 8_300, preAuthorizations: [], ...written(held) }],
  },
  {
    ...contactless,
    name: 'completion beyond what was frozen',
    file: cardWith([held], { balance: 7_000, preAuthorizations: [hold] }),
    run: (channel) => trade(channel, preAuthorization('end'), 4_000),
    writes: [started, { balance: 6_000, preAuthorizations: [], ...written(held) }],
  },
  {
    ...contactless,
    name: 'completion that repays what was taken beyond the balance',
    file: cardWith([held], { balance: 0, offsetUsed: 500, preAuthorizations: [hold] }),
    run: (channel) => trade(channel, preAuthorization('end'), 1_000),
    writes: [started, { balance: 1_500, offsetUsed: 0, preAuthorizations: [], ...written(held) }],
  },
];
