import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { discountTrade, preAuthorizationTrade, ticketTrade } from '../../../../emv/kernel/index.js';
import {
  encodeTradeRecord,
  readCappRecord,
  readTradeRecord,
  type TradeLayout,
  type TradeRecord,
} from '../../../../emv/values/index.js';
import { CappCard, type CappCardOptions, optionsWith, ride, tradeRecord } from './capp-card.js';

const NOW = '20151003090000';
const FILE = 0x16;
const NAME = `${FILE.toString(16)}.3150`;
const reference = { shortFileIdentifier: FILE, identifier: fromHex('3150') };

const cardWith = (layout: TradeLayout, fields: TradeRecord, options: CappCardOptions = {}) =>
  new CappCard({ abilities: '02', records: { [NAME]: tradeRecord(layout, fields) }, ...options });
const recordOn = (card: CappCard) => readCappRecord(card.records.get(NAME)!);
const fieldsOn = (layout: TradeLayout, card: CappCard) => readTradeRecord(layout, recordOn(card).data);
const said = (outcome: { data: ReadonlyMap<string, Uint8Array> }) => ({
  amount: Number(toHex(outcome.data.get('9F02') ?? new Uint8Array(6))),
  indicator: toHex(outcome.data.get('DF60') ?? new Uint8Array()),
});

describe('pre-authorization (6)', () => {
  const trade = (step?: 'start' | 'end', time = NOW) =>
    preAuthorizationTrade({
      reference,
      amount: 3000,
      time,
      validUntil: '20151004235959',
      terminal: 0xa1,
      merchant: 0xb2,
      ...(step && { step }),
    });
  const FROZEN = {
    state: 1,
    amount: 3000,
    startTime: NOW,
    validUntil: '20151004235959',
    startTerminal: 0xa1,
    startMerchant: 0xb2,
  };
  const withoutTc = (cryptogram: string | undefined): NonNullable<CappCardOptions['bend']> => {
    return (name, _, answer) => (name === 'get-processing-options' ? optionsWith('9F26', cryptogram) : answer);
  };

  test.each([
    ['absent', undefined],
    ['zeros', '0000000000000000'],
  ])('the first tap freezes the amount; its cryptogram is %s', (_, cryptogram) => {
    const card = cardWith('preAuthorization', {}, { bend: withoutTc(cryptogram) });
    const { outcome } = ride(trade(), card);
    expect(outcome).toMatchObject({ outcome: 'approved-offline', debit: 'made', indicator: 2 });
    expect(said(outcome)).toEqual({ amount: 3000, indicator: '02' });
    expect(fieldsOn('preAuthorization', card)).toMatchObject(FROZEN);
    expect(recordOn(card).kind).toBe(2);
  });

  test('the second one completes it at the real amount and keeps where it was begun', () => {
    const card = cardWith('preAuthorization', FROZEN);
    const { outcome } = ride(trade(undefined, '20151003180000'), card, { fare: ({ service }) => service.length * 100 });
    expect(outcome).toMatchObject({ outcome: 'approved-offline', indicator: 3 });
    expect(said(outcome)).toEqual({ amount: 1700, indicator: '03' });
    expect(fieldsOn('preAuthorization', card)).toMatchObject({
      ...FROZEN,
      state: 0,
      endTime: '20151003180000',
      endAmount: 1700,
    });
  });

  test.each([
    ['start', FROZEN, NOW, 'pre-authorization-open'],
    ['end', {}, NOW, 'pre-authorization-missing'],
    ['end', FROZEN, '20151005000000', 'pre-authorization-expired'],
    ['end', FROZEN, '20151004235959', 'approved'],
  ] as const)('%s with %o at %s: %s', (step, fields, time, reason) => {
    expect(ride(trade(step, time), cardWith('preAuthorization', fields)).outcome.reason).toBe(reason);
  });

  test('a card with segment deduction alone (DF61 01), or a terminal without a price, ends it', () => {
    expect(ride(trade(), cardWith('preAuthorization', {}, { abilities: '01' })).outcome.reason).toBe(
      'extension-not-supported',
    );
    expect(ride(trade('end'), cardWith('preAuthorization', FROZEN), { fare: () => undefined }).outcome.reason).toBe(
      'fare-unknown',
    );
  });

  test('a segment deduction needs its cryptogram', () => {
    const card = cardWith('ticket', { ticketType: 2, validityDays: 1 }, { bend: withoutTc(undefined) });
    const { outcome } = ride(ticketTrade({ reference, time: NOW, fare: 200 }), card);
    expect(outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '9F26' });
  });
});

describe('day and month tickets (E.2)', () => {
  const use = (fields: TradeRecord, time = NOW) => {
    const card = cardWith('ticket', fields);
    return { ...ride(ticketTrade({ reference, time, fare: 200 }), card), card };
  };
  const LIMITED = { ticketType: 1, price: 1000, ridesAllowed: 3, validityDays: 30 };
  const UNLIMITED = { ticketType: 2, price: 1000, validityDays: 1 };

  test.each([
    ['limited, first ride: price / rides', LIMITED, NOW, 333],
    ['limited, last ride: what is left', { ...LIMITED, ridesUsed: 2, firstUse: NOW }, NOW, 334],
    ['unlimited, first ride: all', UNLIMITED, NOW, 1000],
    ['unlimited, later: nothing', { ...UNLIMITED, ridesUsed: 1, firstUse: NOW }, '20151003235959', 0],
    ['a month, on its last day', { ...UNLIMITED, validityDays: 30, ridesUsed: 1, firstUse: NOW }, '20151101120000', 0],
  ])('%s', (_, fields, time, amount) => {
    const { outcome, card } = use(fields, time);
    expect(outcome).toMatchObject({ outcome: 'approved-offline', indicator: 1 });
    expect(said(outcome).amount).toBe(amount);
    expect(fieldsOn('ticket', card)).toMatchObject({
      ridesUsed: Number((fields as TradeRecord).ridesUsed ?? 0) + 1,
      firstUse: NOW,
      authorizationCode: 'C0DEC0DE',
    });
  });

  test.each([
    ['all rides used', { ...LIMITED, ridesUsed: 3, firstUse: NOW }, NOW],
    ['the day after', { ...UNLIMITED, ridesUsed: 1, firstUse: NOW }, '20151004000000'],
    ['a day after the month', { ...UNLIMITED, validityDays: 30, firstUse: NOW }, '20151102000000'],
    ['first used in the future', { ...UNLIMITED, firstUse: '20151003090001' }, NOW],
    ['no kind of ticket', { ...LIMITED, ticketType: 0 }, NOW],
  ])('%s: expired', (_, fields, time) => {
    expect(use(fields, time).outcome).toMatchObject({ outcome: 'declined', reason: 'ticket-expired', debit: 'none' });
  });

  test('more rides than can be counted: the last count stays', () => {
    const { outcome, card } = use({ ...UNLIMITED, ridesUsed: 0xffff, firstUse: NOW });
    expect(outcome.outcome).toBe('approved-offline');
    expect(fieldsOn('ticket', card).ridesUsed).toBe(0xffff);
  });

  test('a card without a ticket pays the fare in plain qPBOC', () => {
    const { outcome } = ride(ticketTrade({ reference, time: NOW, fare: 200 }), new CappCard({ abilities: '02' }));
    expect(outcome).toMatchObject({ outcome: 'approved-offline', indicator: 0 });
    expect(said(outcome)).toEqual({ amount: 200, indicator: '00' });
  });
});

describe('a discount by the last rides (7)', () => {
  const trade = (ridesRead = 2) =>
    discountTrade({ reference, time: NOW, fare: 200, ride: { cityCode: 3150, line: 12, sequence: 7 }, ridesRead });
  const RIDE = { time: '20151003083000', line: 5, amount: 200 };
  const rides = [toHex(encodeTradeRecord('ride', RIDE)) + '00'.repeat(10)];
  const RIGHT = { discountType: 1, validUntil: '20151231235959' };

  test('the fare is asked for with the record and the rides; both files are written', () => {
    const asked: unknown[] = [];
    const card = cardWith('discount', RIGHT, { rides });
    const { outcome, steps } = ride(trade(), card, { fare: (request) => asked.push(request) && 120 });
    expect(outcome).toMatchObject({ outcome: 'approved-offline', indicator: 1 });
    expect(said(outcome).amount).toBe(120);
    expect(asked).toMatchObject([{ service: 'ride', record: RIGHT, rides: [RIDE], time: NOW }]);
    expect(steps.indexOf('fare')).toBeLessThan(steps.indexOf('get-processing-options'));
    expect(steps.filter((step) => step === 'update-capp-data-cache')).toHaveLength(2);
    expect(card.heard.find((command) => command.startsWith('84DE00F0'))).toBeDefined();
    expect(fieldsOn('discount', card)).toMatchObject({ ridesUsed: 1 });
    expect(card.rides).toHaveLength(2);
    expect(readTradeRecord('ride', card.rides[0]!)).toMatchObject({ time: NOW, line: 12, amount: 120, sequence: 7 });
    expect(card.rides[0]).toHaveLength(rides[0]!.length / 2);
  });

  test('past its last day: the whole fare, the ride is kept, the use is not counted', () => {
    const card = cardWith('discount', { ...RIGHT, validUntil: '20151003085959' }, { rides });
    const { outcome, steps } = ride(trade(), card);
    expect(said(outcome).amount).toBe(200);
    expect(steps).not.toContain('fare');
    expect(fieldsOn('discount', card)).toMatchObject({ ridesUsed: 0 });
    expect(card.rides).toHaveLength(2);
  });

  test('no more rides are read than are wanted, and a card without any has none written', () => {
    const count = (card: CappCard, ridesRead: number) => {
      const played = ride(trade(ridesRead), card);
      return played.steps.slice(0, played.steps.indexOf('fare')).filter((step) => step === 'read-record').length;
    };
    expect(count(cardWith('discount', RIGHT, { rides: [...rides, ...rides, ...rides] }), 2)).toBe(2);
    expect(count(cardWith('discount', RIGHT, { rides }), 5)).toBe(2);
    const empty = cardWith('discount', RIGHT);
    expect(ride(trade(), empty).outcome.outcome).toBe('approved-offline');
    expect(empty.heard.some((command) => command.startsWith('84DE00F0'))).toBe(false);
  });

  test('a discount used more often than can be counted', () => {
    const card = cardWith('discount', { ...RIGHT, ridesUsed: 0xffff }, { rides });
    expect(ride(trade(), card).outcome.outcome).toBe('approved-offline');
    expect(fieldsOn('discount', card).ridesUsed).toBe(0xffff);
  });

  test.each([
    [251, 2],
    [252, 1],
    [256, 1],
  ])('records of %i bytes in the cyclic file: %i updates, no longer one fits into a command', (length, updates) => {
    const card = cardWith('discount', RIGHT, { rides: [rides[0]!.padEnd(2 * length, '0')] });
    const { outcome, steps } = ride(trade(), card);
    expect(outcome.outcome).toBe('approved-offline');
    expect(steps.filter((step) => step === 'update-capp-data-cache')).toHaveLength(updates);
  });

  test('a terminal without a price takes nothing', () => {
    const { outcome } = ride(trade(), cardWith('discount', RIGHT), { fare: () => undefined });
    expect(outcome).toMatchObject({ outcome: 'declined', reason: 'fare-unknown' });
  });
});
