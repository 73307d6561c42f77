import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { type JourneyTradeOptions, journeyTrade, smallPaymentTransaction } from '../../../../emv/kernel/index.js';
import { type CappRecord, readCappRecord, readTradeRecord, type TradeRecord } from '../../../../emv/values/index.js';
import { genuineSession } from '../qpboc/genuine-card.js';
import { CappCard, type CappCardOptions, optionsWith, type Ports, RECORDS, ride, tradeRecord } from './capp-card.js';

const METRO = 0x15;
const reference = { shortFileIdentifier: METRO, identifier: fromHex('3150') };
const NEVER = '00000000000000';
const ENTERED = { entryTime: '20151003080000', entryLine: 2, entryStation: 17, entryGate: 3, entrySequence: 9 };
const LEFT = { ...ENTERED, exitTime: '20151003082500', exitStation: 5, exitAmount: 300 };

const recordOf = (fields: TradeRecord, header?: Partial<CappRecord>) => tradeRecord('journey', fields, header);

const cardWith = (fields: TradeRecord, options: CappCardOptions = {}) =>
  new CappCard({ abilities: '01', records: { '15.3150': recordOf(fields) }, ...options });

const trade = (event: 'entry' | 'exit', options: Partial<JourneyTradeOptions> = {}) =>
  journeyTrade({
    reference,
    layout: 'journey',
    event,
    time: event === 'entry' ? '20151003090000' : '20151003091500',
    fields:
      event === 'entry'
        ? { cityCode: 3150, operatorCode: 1, formatVersion: 1, transactionFlag: 1, entryLine: 1, entryStation: 4 }
        : { exitLine: 1, exitStation: 8, exitGate: 2, exitSequence: 10 },
    ...options,
  });

const fieldsOn = (card: CappCard) => readTradeRecord('journey', readCappRecord(card.records.get('15.3150')!).data);

describe('entry (E.1.1.1)', () => {
  test('a purchase of 0 that writes where and when, and keeps the last exit', () => {
    const { outcome, steps, card } = ride(trade('entry'), cardWith(LEFT));
    expect(outcome).toMatchObject({ outcome: 'approved-offline', reason: 'approved', debit: 'made', indicator: 1 });
    expect(steps).toEqual([
      'select-ppse',
      'select-application',
      'read-capp-data',
      'authorization-code',
      'get-processing-options',
      'capp-mac',
      'update-capp-data-cache',
      ...Array.from({ length: RECORDS }, () => 'read-record'),
    ]);
    expect(fieldsOn(card)).toMatchObject({
      entryTime: '20151003090000',
      entryStation: 4,
      exitTime: LEFT.exitTime,
      exitAmount: 300,
      authorizationCode: 'C0DEC0DE',
    });
    expect(toHex(outcome.data.get('9F02')!)).toBe('000000000000');
    expect(toHex(outcome.data.get('DF60')!)).toBe('01');
  });

  test('a record that has never been used', () => {
    expect(ride(trade('entry'), cardWith({})).outcome.outcome).toBe('approved-offline');
  });

  test('a journey that has not ended: refused, or begun anew where the operator says so', () => {
    const refused = ride(trade('entry'), cardWith(ENTERED));
    expect(refused.outcome).toMatchObject({ outcome: 'declined', reason: 'journey-open', debit: 'none' });
    expect(refused.steps).toEqual(['select-ppse', 'select-application', 'read-capp-data']);
    expect(ride(trade('entry', { openJourney: 'begin-anew' }), cardWith(ENTERED)).outcome.outcome).toBe(
      'approved-offline',
    );
  });

  test.each([
    [500, 499, 'balance-too-low'],
    [500, 500, 'approved'],
    [500, undefined, 'approved'],
    [1, 0, 'balance-too-low'],
  ])('at least %i on the card, it has %s: %s', (minimumBalance, balance, reason) => {
    const { outcome, steps } = ride(
      trade('entry', { minimumBalance }),
      cardWith(LEFT, balance === undefined ? {} : { balance }),
    );
    expect(outcome.reason).toBe(reason);
    expect(steps[2]).toBe('get-data');
  });
});

describe('exit (E.1.1.2)', () => {
  test('a purchase of the fare, priced from what stands on the card', () => {
    const asked: unknown[] = [];
    const ports: Ports = { fare: (request) => asked.push(request) && 420 };
    const { outcome, card } = ride(trade('exit'), cardWith(ENTERED), ports);
    expect(outcome).toMatchObject({ outcome: 'approved-offline', debit: 'made', indicator: 1 });
    expect(asked).toMatchObject([{ service: 'journey', record: ENTERED, time: '20151003091500' }]);
    expect(toHex(outcome.data.get('9F02')!)).toBe('000000000420');
    expect(fieldsOn(card)).toMatchObject({ ...ENTERED, exitTime: '20151003091500', exitStation: 8, exitAmount: 420 });
  });

  test.each([
    ['no entry', {}],
    ['a journey that has ended', LEFT],
    ['an exit at the instant of the entry', { ...ENTERED, exitTime: ENTERED.entryTime }],
  ])('%s: refused', (_, fields) => {
    expect(ride(trade('exit'), cardWith(fields)).outcome).toMatchObject({
      outcome: 'declined',
      reason: 'journey-missing',
    });
  });

  test('a terminal that knows no price lets nobody pass', () => {
    const { outcome, card } = ride(trade('exit'), cardWith(ENTERED), { fare: () => undefined });
    expect(outcome).toMatchObject({ outcome: 'declined', reason: 'fare-unknown', debit: 'none' });
    expect(fieldsOn(card)).toMatchObject({ exitTime: NEVER });
  });

  test('the limits of the terminal hold for the fare', () => {
    const { outcome } = ride(trade('exit'), cardWith(ENTERED), { fare: () => 500 }, { DF20: '000000000500' });
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'above-transaction-limit' });
  });
});

describe('cards without the extension, or without the record (5.2.1)', () => {
  test.each([
    ['no DF61', { abilities: undefined }],
    ['DF61 promises nothing', { abilities: '80' }],
    ['the PDOL does not ask for DF60', { asksIndicator: false }],
    ['no record', { records: {} }],
    ['a record that the trade has closed', { records: { '15.3150': recordOf({}, { valid: false }) } }],
  ])('%s: refused, or a plain purchase where the terminal wants one', (_, options) => {
    expect(ride(trade('entry'), cardWith({}, options)).outcome).toMatchObject({
      outcome: 'declined',
      reason: 'extension-not-supported',
    });
    const plain = ride(trade('entry', { withoutRecord: { amount: 200 } }), cardWith({}, options));
    expect(plain.outcome).toMatchObject({ outcome: 'approved-offline', indicator: 0, updates: [] });
    expect(toHex(plain.outcome.data.get('9F02')!)).toBe('000000000200');
    expect(plain.steps).not.toContain('update-capp-data-cache');
  });

  test.each([
    ['locked', recordOf({}, { locked: true }), 'trade-record-locked'],
    ['of another layout', '31500401010000', 'trade-record-invalid'],
  ])('a record that is %s is refused', (_, record, reason) => {
    const { outcome } = ride(trade('entry'), cardWith({}, { records: { '15.3150': record } }));
    expect(outcome).toMatchObject({ outcome: 'declined', reason });
  });

  test('a record that is none ends the transaction', () => {
    const { outcome } = ride(trade('entry'), cardWith({}, { records: { '15.3150': '315009010100AA' } }));
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid' });
  });

  test('the record of another city is not the one that was asked for', () => {
    const { outcome, steps } = ride(
      trade('entry'),
      cardWith({}, { records: { '15.3150': recordOf({}, { identifier: 0x3151 }) } }),
    );
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid', updates: [] });
    expect(steps).not.toContain('get-processing-options');
  });

  test.each([
    [251, 'approved-offline', 'approved'],
    [252, 'declined', 'trade-record-invalid'],
  ])('a record of %i bytes: %s, for it has to be written as well', (length, ending, reason) => {
    const filled = recordOf({}).padEnd(2 * length, '0');
    const record = filled.slice(0, 4) + (length - 3).toString(16).toUpperCase() + filled.slice(6);
    const { outcome } = ride(trade('entry'), cardWith({}, { records: { '15.3150': record } }));
    expect(outcome).toMatchObject({ outcome: ending, reason });
  });
});

describe('what the card decides', () => {
  test.each([
    ['ARQC', '20', 'online-requested', 'online-requested-by-card', '20000000'],
    ['ARQC at an offline-only terminal', '20', 'declined', 'online-impossible', '28000000'],
    ['AAC', '00', 'declined', 'declined-by-card', '28000000'],
  ])('%s: the extension ends, nothing is written', (_, results, outcome, reason, qualifiers) => {
    const bend: CappCardOptions['bend'] = (name, _place, answer) =>
      name === 'get-processing-options' ? optionsWith('9F10', `07010103${results}000001`) : answer;
    const played = ride(trade('exit'), cardWith(ENTERED, { bend }), {}, { '9F66': qualifiers });
    expect(played.outcome).toMatchObject({ outcome, reason, debit: 'none', updates: [] });
    expect(played.steps).not.toContain('capp-mac');
  });

  test.each([
    ['6971', 'pre-authorizations-exhausted'],
    ['6972', 'pre-authorization-open'],
    ['6973', 'pre-authorization-missing'],
    ['6985', 'processing-options-refused'],
  ])('GET PROCESSING OPTIONS answers %s: %s', (statusWord, reason) => {
    const bend: CappCardOptions['bend'] = (name, _, answer) =>
      name === 'get-processing-options' ? fromHex(statusWord) : answer;
    expect(ride(trade('exit'), cardWith(ENTERED, { bend })).outcome).toMatchObject({ outcome: 'terminated', reason });
  });

  test('the last record answers 6974: the update is missing, nothing happened', () => {
    const bend: CappCardOptions['bend'] = (name, place, answer) =>
      name === 'read-record' && place === RECORDS - 1 ? fromHex('6974') : answer;
    const { outcome, card } = ride(trade('exit'), cardWith(ENTERED, { bend }));
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'capp-update-missing', debit: 'none' });
    expect(fieldsOn(card)).toMatchObject({ exitTime: NEVER });
  });
});

describe('MACs', () => {
  const other = fromHex('000102030405060708090A0B0C0D0E0F');

  test('the card refuses a record under another key: nothing is written, nothing debited', () => {
    const { outcome, card } = ride(trade('entry'), cardWith(LEFT), { key: other });
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'capp-update-refused', statusWord: 0x6988 });
    expect(outcome.debit).toBe('none');
    expect(fieldsOn(card)).toMatchObject({ entryTime: LEFT.entryTime });
  });

  test('a card that protects its answers: both R-MACs are asked for and right', () => {
    const { outcome, steps, card } = ride(trade('entry'), cardWith(LEFT, { abilities: '81' }));
    expect(outcome.outcome).toBe('approved-offline');
    expect(steps.filter((step) => step === 'capp-response-mac')).toHaveLength(2);
    expect(steps.slice(2, 5)).toEqual(['challenge', 'read-capp-data', 'capp-response-mac']);
    expect(card.heard[2]).toBe('80B400A80A3150A1A2A3A4A5A6A7A800');
  });

  test('a forged record: its R-MAC is wrong, the transaction ends before it has begun', () => {
    const bend: CappCardOptions['bend'] = (name, _, answer) => {
      if (name !== 'read-capp-data') return answer;
      const forged = answer.slice();
      forged[20]! ^= 1;
      return forged;
    };
    const { outcome, steps } = ride(trade('exit'), cardWith(ENTERED, { abilities: '81', bend }));
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'response-mac-wrong', debit: 'none' });
    expect(steps).not.toContain('get-processing-options');
  });

  test.each([
    ['wrong', (answer: Uint8Array) => Uint8Array.of(answer[0]! ^ 1, ...answer.subarray(1))],
    ['missing', () => fromHex('9000')],
  ])('an R-MAC of the update that is %s ends the transaction', (_, change) => {
    const bend: CappCardOptions['bend'] = (name, _place, answer) =>
      name === 'update-capp-data-cache' ? change(answer) : answer;
    const { outcome } = ride(trade('entry'), cardWith(LEFT, { abilities: '81', bend }));
    expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'response-mac-wrong', debit: 'none' });
  });

  test('an answer of READ CAPP DATA with nothing but a MAC is none', () => {
    const bend: CappCardOptions['bend'] = (name, _, answer) =>
      name === 'read-capp-data' ? fromHex('010203049000') : answer;
    expect(ride(trade('entry'), cardWith(LEFT, { abilities: '81', bend })).outcome.reason).toBe('response-mac-wrong');
  });
});

describe('torn', () => {
  const whole = ride(trade('exit'), cardWith(ENTERED)).card.heard;

  test.each(whole.map((_, place) => place))(
    'at command %i: the record is the old one, or the answer was lost',
    (place) => {
      let count = 0;
      const bend: CappCardOptions['bend'] = (_name, _place, answer) => (count++ === place ? null : answer);
      const { outcome, card } = ride(trade('exit'), cardWith(ENTERED, { bend }));
      const isLast = place === whole.length - 1;
      expect(outcome).toMatchObject({
        outcome: 'terminated',
        reason: 'card-removed',
        debit: isLast ? 'possible' : 'none',
      });
      expect(card.heard).toHaveLength(place + 1);
      expect(fieldsOn(card)).toMatchObject({ exitTime: NEVER });
    },
  );
});

test('whoever drives the kernel must answer what was asked', () => {
  const kernel = smallPaymentTransaction({ ...genuineSession('ses-tc-00').terminal(), trade: trade('entry') });
  kernel.next();
  expect(() => kernel.next({ kind: 'fare' })).toThrow(TypeError);
});
