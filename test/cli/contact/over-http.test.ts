import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/index.js';
import { CommandError } from '../../../src/cli/exit-codes.js';
import { isAccepted } from '../../../src/cli/tap/contact/contact-tap.js';
import { httpIssuer } from '../../../src/cli/tap/contact/issuer/http-issuer.js';
import type { IssuerLine } from '../../../src/cli/tap/contact/issuer/issuer-line.js';
import { issue, issueChanged } from '../../simulator/card-in-hand.js';
import { replay } from '../support/replay.js';
import { AVAILABLE_FEN, Counter, PIN, PURSE_FEN, startBank } from './counter.js';

const bank = await startBank();
let counter: Counter;
beforeEach(async () => {
  counter = new Counter(bank);
  await counter.visit('balance');
  await bank.call(`accounts/${counter.token}`, { availableFen: AVAILABLE_FEN, status: 'active' }, 'PATCH');
  await bank.call(`accounts/${counter.token}/renewals`, {});
});

afterEach(async () => {
  const results = await replay({ suite: 'visits', source: 'made', vectors: counter.vectors });
  expect(
    results.filter(({ passed }) => !passed),
    'every visit replays',
  ).toEqual([]);
});

const order = (body: object) => bank.call(`accounts/${counter.token}/orders`, { id: crypto.randomUUID(), ...body });

/** A line on which somebody changes what the bank says. */
const changing = (change: (answer: Awaited<ReturnType<IssuerLine['authorize']>>) => object) => (line: IssuerLine) => ({
  ...line,
  authorize: async (request: Parameters<IssuerLine['authorize']>[0]) => {
    const answer = await line.authorize(request);
    return { ...answer, ...change(answer) } as never;
  },
});

const flipLast = (hex: string): string => {
  const bytes = fromHex(hex);
  bytes[bytes.length - 1]! ^= 1;
  return toHex(bytes);
};

test('a purchase above the floor limit is authorized by the bank, whose word the card checks', async () => {
  const { answer, run, isConfirmed } = await counter.visit('purchase');
  expect(run.outcome).toMatchObject({
    outcome: 'approved-online',
    authorizationResponseCode: '00',
    cryptogramType: 'TC',
  });
  expect(answer).toMatchObject({ decision: 'approved', card: { mask: '622800*********0017' } });
  expect(isConfirmed).toBe(true);
  expect((await counter.account()).availableFen).toBe(AVAILABLE_FEN - 30_000);
  expect(counter.purseFen).toBe(PURSE_FEN);
});

test('what is changed on its way to the bank is no longer the card’s word: no ARPC, no money', async () => {
  const { answer, run } = await counter.visit('purchase', {
    line: (line) => ({
      ...line,
      authorize: (request) =>
        line.authorize({ ...request, data: new Map([...request.data, ['9F02', fromHex('000000000100')]]) }),
    }),
  });
  expect(answer).toMatchObject({ reason: 'cryptogram-wrong', responseCode: '05', scripts: [] });
  expect(answer.issuerAuthenticationData).toBeUndefined();
  expect(answer.checks.at(-1)).toEqual({ check: 'cryptogram', passed: false, reason: 'cryptogram-wrong' });
  expect(run.outcome).toMatchObject({ outcome: 'declined', reason: 'declined-by-issuer' });
  expect((await counter.account()).availableFen).toBe(AVAILABLE_FEN);
});

test('an ARPC changed on the way back is found out by the card, and the bank takes its approval back', async () => {
  const file = issue('service-card-51');
  const [application] = file.applications;
  // 9F52 byte 1 bit 7: decline where issuer authentication fails.
  Object.assign(application!.data, { '9F52': '4000' });
  counter = new Counter(bank, file);
  const { run, isConfirmed } = await counter.visit('purchase', {
    line: changing((answer) => ({ issuerAuthenticationData: flipLast(answer!.issuerAuthenticationData!) })),
  });
  expect(run.outcome).toMatchObject({ outcome: 'declined', reversalRequired: true });
  expect(toHex(run.outcome.terminalVerificationResults).slice(8)).toBe('40');
  expect(isConfirmed).toBe(true);
  expect((await counter.account()).availableFen).toBe(AVAILABLE_FEN);
});

test('a load takes the money from the account and puts it into the purse', async () => {
  const tap = await counter.visit('load', { amountFen: 5_000 });
  expect(isAccepted(tap)).toBe(true);
  expect(tap.purseFen).toBe(PURSE_FEN + 5_000);
  expect(counter.purseFen).toBe(PURSE_FEN + 5_000);
  expect(await counter.account()).toMatchObject({ availableFen: AVAILABLE_FEN - 5_000, sent: [] });
});

test('a load whose script was changed on the way happens nowhere, and is no success', async () => {
  const tap = await counter.visit('load', {
    amountFen: 5_000,
    line: changing((answer) => ({ scripts: answer!.scripts.map(flipLast) })),
  });
  expect(tap.run.outcome.outcome).toBe('approved-online');
  expect(isAccepted(tap)).toBe(false);
  expect(counter.purseFen).toBe(PURSE_FEN);
  expect((await counter.account()).sent, 'a terminal may call failed what the card has done').toHaveLength(1);
  await counter.visit('balance');
  expect(await counter.account()).toMatchObject({ availableFen: AVAILABLE_FEN, sent: [] });
});

test('a load that nobody confirms is settled by the card at its next transaction', async () => {
  const unheard = (line: IssuerLine) => ({ ...line, confirm: async () => false });
  const { isConfirmed } = await counter.visit('load', { amountFen: 5_000, line: unheard });
  expect(isConfirmed).toBe(false);
  expect((await counter.account()).sent).toHaveLength(1);
  await counter.visit('balance');
  expect(await counter.account()).toMatchObject({ availableFen: AVAILABLE_FEN - 5_000, sent: [] });
  expect(counter.purseFen).toBe(PURSE_FEN + 5_000);
});

test('a PIN is changed by a script: the new one is right from then on, the old one wrong', async () => {
  await order({ kind: 'change-pin', newPin: '9876' });
  const { run } = await counter.visit('purchase');
  expect(run.outcome.scriptResults.map(toHex)).toEqual([expect.stringMatching(/^20/)]);
  const cvmOf = async (...pins: string[]) =>
    toHex((await counter.visit('balance', { pins })).run.outcome.cardholderVerification.results!);
  expect(await cvmOf('9876')).toBe('410302');
  const before = counter.card.inspect().applications[0]!.counters.pinTriesLeft;
  expect((await cvmOf(PIN)).endsWith('02')).toBe(false);
  expect(counter.card.inspect().applications[0]!.counters.pinTriesLeft).toBe(before - 1);
});

test('a PIN that three wrong tries have blocked is unblocked by the bank', async () => {
  await counter.visit('purchase', { pins: ['1111', '1112', '1113'], line: null });
  expect(counter.card.inspect().applications[0]!.counters.pinTriesLeft).toBe(0);
  await order({ kind: 'unblock-pin' });
  await counter.visit('balance');
  expect(counter.card.inspect().applications[0]!.counters.pinTriesLeft).toBe(3);
  const { run } = await counter.visit('purchase');
  expect(toHex(run.outcome.cardholderVerification.results!)).toBe('410302');
});

test('the bank declines: the card makes an AAC, and the reason is told', async () => {
  const { answer, run } = await counter.visit('purchase', { amountFen: AVAILABLE_FEN + 1 });
  expect(answer).toMatchObject({ reason: 'funds-insufficient', responseCode: '51' });
  expect(run.outcome).toMatchObject({ outcome: 'declined', cryptogramType: 'AAC', reversalRequired: false });
});

test('a lost card is blocked by the script that comes with the refusal', async () => {
  await bank.call(`accounts/${counter.token}`, { status: 'lost' }, 'PATCH');
  const { answer } = await counter.visit('purchase');
  expect(answer).toMatchObject({ reason: 'card-lost', orders: [{ kind: 'block-application' }] });
  expect(counter.card.inspect().applications[0]!.blocked).toBe('application');
  expect(isAccepted(await counter.visit('purchase'))).toBe(false);
});

test('an application that is blocked is maintained by the bank: unblocked, it pays again', async () => {
  await order({ kind: 'block-application' });
  await counter.visit('balance');
  expect(counter.card.inspect().applications[0]!.blocked).toBe('application');
  expect((await counter.visit('purchase')).run.outcome).toMatchObject({ outcome: 'terminated' });
  const idle = await counter.visit('maintenance', { amountFen: 0 });
  expect(idle.answer, 'nothing waits').toMatchObject({ decision: 'approved', orders: [] });
  await order({ kind: 'unblock-application' });
  const { answer, run } = await counter.visit('maintenance', { amountFen: 0 });
  expect(answer.orders).toEqual([{ kind: 'unblock-application' }]);
  expect(run.outcome).toMatchObject({ outcome: 'approved-online', cryptogramType: 'AAC', reversalRequired: false });
  expect(counter.card.inspect().applications[0]!.blocked).toBeUndefined();
  expect((await counter.account()).availableFen).toBe(AVAILABLE_FEN);
  expect(isAccepted(await counter.visit('purchase'))).toBe(true);
});

test('an AAC asks for nothing but maintenance, and brings no money with it', async () => {
  const { answer } = await counter.visit('maintenance', {
    amountFen: 0,
    line: (line) => ({ ...line, authorize: (request) => line.authorize({ ...request, kind: 'load' }) }),
  });
  expect(answer).toMatchObject({ reason: 'cryptogram-not-online', responseCode: '12', scripts: [] });
});

describe('a bank that does not answer', () => {
  const dead = () =>
    httpIssuer({
      url: 'http://127.0.0.1:9',
      onFailure: (message) => counter.failures.push(message),
    });

  test('leaves a small amount to the card (Y3)', async () => {
    await counter.visit('purchase', { line: null });
    const tap = await counter.visit('purchase', { amountFen: 500, electronicCash: false, line: dead });
    expect(tap.run.outcome).toMatchObject({ outcome: 'approved-offline', authorizationResponseCode: 'Y3' });
    expect(tap.issuer).toBe('unable');
    expect(counter.failures).toEqual([expect.stringMatching(/does not answer/)]);
  });

  test('ends a large one (Z3)', async () => {
    const { run } = await counter.visit('purchase', { line: dead });
    expect(run.outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: 'Z3' });
  });
});

describe('a bank that refuses to speak', () => {
  const refusal = new CommandError('issuer-refused', 'the issuer refuses', 1);
  const refuse = () => Promise.reject(refusal);

  test.each([
    [500, 'approved-offline', 'Y3'],
    [30_000, 'declined', 'Z3'],
  ])('leaves no card half way: %i fen end as %s (%s)', async (amountFen, outcome, authorizationResponseCode) => {
    await counter.visit('purchase', { line: null });
    const refusing = { amountFen, electronicCash: false, line: (line: IssuerLine) => ({ ...line, authorize: refuse }) };
    const tap = await counter.visit('purchase', refusing);
    expect(tap.run.outcome).toMatchObject({ outcome, authorizationResponseCode });
    expect(tap.run.trace.filter(({ name }) => name === 'generate-ac')).toHaveLength(2);
    expect(tap).toMatchObject({ issuer: 'unable', refusal });
  });

  test('after it has approved is told, and takes nothing back', async () => {
    const tap = await counter.visit('purchase', { line: (line) => ({ ...line, confirm: refuse }) });
    expect(tap.run.outcome.outcome).toBe('approved-online');
    expect(tap).toMatchObject({ isConfirmed: false, refusal });
  });

  test('what is no refusal is not hidden', async () => {
    const broken = () => Promise.reject(new TypeError('broken'));
    const visit = counter.visit('purchase', { line: (line) => ({ ...line, authorize: broken }) });
    await expect(visit).rejects.toThrow('broken');
  });
});

test('small amounts are electronic cash and need nobody; a terminal without it asks', async () => {
  const offline = await counter.visit('purchase', { amountFen: 700 });
  expect(offline.run.outcome).toMatchObject({
    outcome: 'approved-offline',
    electronicCash: { balance: PURSE_FEN - 700 },
  });
  expect(offline.issuer).toBeUndefined();
  const forced = await counter.visit('purchase', { amountFen: 700, forceOnline: true });
  expect(forced.run.outcome).toMatchObject({ outcome: 'approved-online' });
  expect(forced.run.outcome.electronicCash).toBeUndefined();
  expect(counter.purseFen).toBe(PURSE_FEN - 700);
});

test('electronic cash below its threshold goes online with the online PIN, which the bank checks', async () => {
  counter = new Counter(bank, issueChanged('service-card-51', { electronicCash: { resetThresholdFen: 9_900 } }));
  await counter.visit('balance');
  await bank.call(`accounts/${counter.token}`, { pin: '4321' }, 'PATCH');
  const wrong = await counter.visit('purchase', { amountFen: 700 });
  expect(wrong.answer).toMatchObject({ reason: 'pin-wrong', responseCode: '55' });
  expect((await counter.account()).pinTriesLeft).toBe(2);
  await bank.call(`accounts/${counter.token}`, { pin: PIN }, 'PATCH');
  const right = await counter.visit('purchase', { amountFen: 700 });
  expect(right.answer).toMatchObject({ reason: 'approved' });
});

test('a card with SM4 is loaded and gets its PIN like any other', async () => {
  counter = new Counter(
    bank,
    issueChanged('service-card-51', { cryptogramAlgorithm: 'sm4', pan: '6228000100000000124' }),
  );
  await counter.visit('balance');
  await order({ kind: 'change-pin', newPin: '2468' });
  const load = await counter.visit('load', { amountFen: 2_500 });
  expect(isAccepted(load)).toBe(true);
  expect(load.answer.orders.map(({ kind }) => kind)).toEqual(['load-purse', 'change-pin']);
  expect(counter.purseFen).toBe(PURSE_FEN + 2_500);
  const { run } = await counter.visit('cash', { pins: ['2468'] });
  expect(toHex(run.outcome.cardholderVerification.results!)).toBe('410302');
});

test('cash and a balance inquiry go to the bank, and the inquiry moves nothing', async () => {
  const inquiry = await counter.visit('balance', { amountFen: 0 });
  expect(inquiry.answer.availableFen).toBe(AVAILABLE_FEN);
  expect(inquiry.purseFen).toBe(PURSE_FEN);
  const cash = await counter.visit('cash', { amountFen: 40_000 });
  expect(isAccepted(cash)).toBe(true);
  expect((await counter.account()).availableFen).toBe(AVAILABLE_FEN - 40_000);
});
