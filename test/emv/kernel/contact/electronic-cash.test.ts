import { describe, expect, test } from 'vitest';
import {
  CARD_DATA,
  type CardLines,
  cryptogram,
  marks,
  object,
  objects,
  type Ports,
  play,
  terminal,
  value,
} from './contact-card.js';

const PURSE = { '9F79': '000000020000', '9F6D': '000000005000' };
const PDOL = '9F7A019F02065F2A02';
const AUTHORIZATION_CODE = '454343303031';
const cash = (more: CardLines = {}): CardLines => ({
  pdol: PDOL,
  profile: '0800',
  objects: PURSE,
  records: { '1.1': object('70', objects({ ...CARD_DATA, '9F74': AUTHORIZATION_CODE, '9F0F': '0000000000' })) },
  ...more,
});
const EC = { '9F7A': '01', '9F7B': '000000100000' };
const asked = (commands: readonly string[]) => commands.filter((c) => c.startsWith('80AE')).map((c) => c.slice(4, 6));
const pin: Ports = { 'enter-pin': () => ({ result: 'entered', pin: '1234' }) };

describe('what the terminal tells the card (JR/T 0025.13-2013 7.4.2)', () => {
  test.each<[string, Record<string, string | undefined>, string]>([
    ['a purchase below the limit', EC, '01'],
    ['one unit below', { ...EC, '9F02': '000000099999' }, '01'],
    ['at the limit', { ...EC, '9F02': '000000100000' }, '00'],
    ['no limit of its own: below the floor limit', { '9F7A': '01', '9F02': '000000019999' }, '01'],
    ['at the floor limit', { '9F7A': '01', '9F02': '000000020000' }, '00'],
    ['neither limit', { '9F7A': '01', '9F1B': undefined }, '00'],
    ['cash', { ...EC, '9C': '01' }, '00'],
    ['cashback', { ...EC, '9F03': '000000000100' }, '00'],
    ['a terminal that has it not', { ...EC, '9F7A': '00' }, '00'],
    ['a terminal that does not know of it', {}, '00'],
  ])('%s', (_, data, indicator) => {
    const played = play(cash(), {}, terminal(data));
    const options = played.commands.find((command) => command.startsWith('80A8'))!;
    expect(options.slice(14, 16)).toBe(indicator);
    expect(played.outcome.electronicCash !== undefined).toBe(indicator === '01');
  });
});

describe('the card takes it, or not', () => {
  test('9F74 says so: balance and threshold are read, no risk is managed', () => {
    const played = play(cash(), {}, terminal({ ...EC, '9F1B': '00000000' }));
    expect(played.commands.filter((command) => command.startsWith('80CA')).slice(0, 2)).toEqual([
      '80CA9F7900',
      '80CA9F6D00',
    ]);
    expect(marks(played).tvr).toBe('8000000000');
    expect(marks(played).tsi).toBe('2800');
  });

  test('no 9F74: debit/credit', () => {
    const played = play({ pdol: PDOL, profile: '0800', objects: PURSE }, {}, terminal({ ...EC, '9F1B': '00000000' }));
    expect(played.outcome.electronicCash).toBeUndefined();
    expect(marks(played).tvr).toBe('8000008000');
    expect(played.commands.some((command) => command.startsWith('80CA'))).toBe(false);
  });
});

describe('terminal action analysis (7.4.4)', () => {
  test.each([
    ['22', '000000015000', ['40'], 0],
    ['22', '000000015001', ['80'], 1],
    ['23', '000000015001', ['40'], 0],
    ['23', '000000015000', ['40'], 0],
    ['21', '000000015000', ['80'], 0],
  ])('type %s, amount %s: asked %s', (type, amount, expected, pins) => {
    const lines = cash({ cryptograms: [cryptogram(expected[0] === '80' ? '80' : '40')] });
    const played = play(lines, pin, terminal({ ...EC, '9F35': type, '9F02': amount }));
    expect(asked(played.commands)).toEqual(expected);
    expect(played.requests.filter(({ kind }) => kind === 'enter-pin')).toHaveLength(pins);
  });

  test('the online PIN leaves its bit before the request', () => {
    const lines = cash({ cryptograms: [cryptogram('80')] });
    const played = play(lines, pin, terminal({ ...EC, '9F02': '000000015001' }));
    expect(marks(played).tvr).toBe('8000040000');
    expect(played.requests.at(-1)).toMatchObject({ kind: 'authorize-online', onlinePin: true });
    const refused = play(lines, {}, terminal({ ...EC, '9F02': '000000015001', DF13: '0000080000' }));
    expect(asked(refused.commands), 'denied for a PIN passed over').toEqual(['00']);
  });

  test('action codes count as well, unless the terminal looks at the threshold alone', () => {
    const run = (electronicCashChecksActionCodes: boolean) =>
      asked(play(cash(), {}, terminal({ ...EC, DF13: '8000000000' }, { electronicCashChecksActionCodes })).commands);
    expect([run(true), run(false)]).toEqual([['00'], ['40']]);
  });

  test('the host cannot be reached: as debit/credit', () => {
    const lines = cash({ cryptograms: [cryptogram('80'), cryptogram('40')] });
    const unable: Ports = { ...pin, 'authorize-online': () => ({ result: 'unable' }) };
    const played = play(lines, unable, terminal({ ...EC, '9F02': '000000015001' }));
    expect(played.outcome).toMatchObject({ outcome: 'approved-offline', authorizationResponseCode: 'Y3' });
  });
});

describe('the balance for the receipt (7.4.6)', () => {
  const IDD = `0701010390000001${'0A01'}${'0000010000'}AABBCCDD`;
  test('from 9F10, without another command', () => {
    const played = play(cash({ cryptograms: [cryptogram('40', IDD)] }), {}, terminal(EC));
    expect(played.outcome.electronicCash?.balance).toBe(10_000);
    expect(played.commands.at(-1)).toMatch(/^80AE/);
  });

  test('else by GET DATA once more', () => {
    const played = play(cash(), {}, terminal(EC));
    expect(played.commands.at(-1)).toBe('80CA9F7900');
    expect(played.outcome.electronicCash?.balance).toBe(20_000);
    expect(value(played, '9F74')).toBe(AUTHORIZATION_CODE);
  });
});
