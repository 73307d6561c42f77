import { describe, expect, test } from 'vitest';
import { type CardLines, marks, PAN, type Ports, play, terminal } from './contact-card.js';

/** Byte 4 of 95 after risk management, and byte 2 for the new card. */
const risk = (lines: CardLines, ports: Ports = {}, atTerminal = terminal()) => {
  const { tvr, tsi } = marks(play({ profile: '0800', ...lines }, ports, atTerminal));
  return { newCard: tvr.slice(2, 4), marks: tvr.slice(6, 8), tsi };
};

describe('floor limit (JR/T 0025.6-2013 7.8.6)', () => {
  test.each([
    ['000000019999', '00004E20', '00'],
    ['000000020000', '00004E20', '80'],
    ['000000000000', '00000000', '80'],
    ['000000000001', '00000000', '80'],
    ['000099999999', undefined, '00'],
  ])('amount %s, 9F1B %s', (amount, floor, expected) => {
    expect(risk({}, {}, terminal({ '9F02': amount, '9F1B': floor }))).toMatchObject({ marks: expected, tsi: '2800' });
  });

  test.each([
    [9_999, '00'],
    [10_000, '80'],
  ])('split sales: the log holds %i of the same card', (amount, expected) => {
    const ports: Ports = {
      'sum-transaction-log': (request) => {
        expect(request).toMatchObject({ pan: PAN, panSequenceNumber: '01' });
        return { amount };
      },
    };
    expect(risk({}, ports, terminal({}, { hasTransactionLog: true })).marks).toBe(expected);
  });
});

describe('random selection (7.8.7)', () => {
  const selection = (randomNumber: number) => ({
    threshold: 5_000,
    targetPercentage: 20,
    maximumTargetPercentage: 50,
    randomNumber,
  });
  test.each([
    ['22', 30, '10'],
    ['22', 31, '00'],
    ['23', 1, '00'],
  ])('terminal type %s, number %i', (type, randomNumber, expected) => {
    const data = { '9F02': '000000010000', '9F1B': '00004E20', '9F35': type };
    expect(risk({}, {}, terminal(data, { randomSelection: selection(randomNumber) })).marks).toBe(expected);
  });
  test('without its parameters nothing is selected', () => expect(risk({}).marks).toBe('00'));
});

describe('velocity and new card (7.8.8, 7.8.9)', () => {
  const data = { '9F14': '03', '9F23': '05' };
  test.each([
    ['0005', '0002', '00', '00'],
    ['0006', '0002', '40', '00'],
    ['0008', '0002', '60', '00'],
    ['0001', '0000', '00', '08'],
    [undefined, '0002', '60', '00'],
    ['0005', undefined, '60', '00'],
    ['0005', '0006', '60', '00'],
    ['05', '0002', '60', '00'],
    ['0005', '00', '60', '00'],
    ['FF'.repeat(140), 'FF'.repeat(140), '60', '00'],
  ])('9F36 %s, 9F13 %s', (counter, lastOnline, expected, newCard) => {
    const objects = { ...(counter && { '9F36': counter }), ...(lastOnline && { '9F13': lastOnline }) };
    expect(risk({ data, objects })).toEqual({ marks: expected, newCard, tsi: '2800' });
  });

  test.each([{ '9F14': '03' }, { '9F23': '05' }, {}])('not with one limit or none: %o', (limits) => {
    const played = play({ profile: '0800', data: limits });
    expect(played.commands.some((command) => command.startsWith('80CA'))).toBe(false);
    expect(marks(played).tvr).toBe('8000000000');
  });
});

describe('exception file, the merchant, and a profile without risk management', () => {
  test.each([
    [true, '90'],
    [false, '80'],
  ])('listed: %s', (listed, byte1) => {
    const ports: Ports = { 'look-up-exception-file': () => ({ listed }) };
    const played = play({ profile: '0800' }, ports, terminal({}, { hasExceptionFile: true }));
    expect(marks(played).tvr.slice(0, 2)).toBe(byte1);
    expect(played.requests).toMatchObject([{ kind: 'look-up-exception-file', pan: PAN, panSequenceNumber: '01' }]);
  });

  test('a terminal without such a file asks for none', () => {
    expect(play({ profile: '0800' }).requests).toEqual([]);
  });

  test.each([
    ['22', '08'],
    ['23', '00'],
  ])('the merchant forces a terminal of type %s online', (type, expected) => {
    expect(risk({}, {}, terminal({ '9F35': type }, { merchantForcesOnline: true })).marks).toBe(expected);
  });

  test('the profile asks for none: no floor limit, no bit of 9B', () => {
    expect(risk({ profile: '0000' }, {}, terminal({ '9F1B': '00000000' }))).toEqual({
      marks: '00',
      newCard: '00',
      tsi: '2000',
    });
  });
});
