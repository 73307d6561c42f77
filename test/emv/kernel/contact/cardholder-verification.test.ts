import { describe, expect, test } from 'vitest';
import { type CardLines, cryptogram, marks, type Ports, play, terminal, value } from './contact-card.js';

const AMOUNTS = '0000271000004E20';
const list = (...rules: readonly string[]): CardLines['data'] => ({ '8E': AMOUNTS + rules.join('') });
const verifyList = (rules: string, rest: CardLines = {}): CardLines => ({ data: list(rules), ...rest });
const pin = (...pins: readonly string[]): Ports => ({
  'enter-pin': (_, turn) => ({ result: 'entered', pin: pins[turn] ?? pins.at(-1)! }),
});
const verifies = (commands: readonly string[]) => commands.filter((command) => command.startsWith('0020'));
/** Offline data authentication is not performed by the card of these tests. */
const ODA = 0x80;
const tvr = (byte1: number, byte3: number): string =>
  [byte1 | ODA, 0, byte3, 0, 0]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

describe('what ends it before a rule (JR/T 0025.6-2013 figure 13)', () => {
  test('the profile has no verification', () => {
    expect(marks(play(verifyList('1F00', { profile: '0C00' })))).toEqual({
      tvr: tvr(0, 0),
      tsi: '2800',
      cvm: '3F0000',
    });
  });

  test.each([undefined, AMOUNTS, '00', `${AMOUNTS}1F`])('no list (%s): data missing, not performed', (value) => {
    expect(marks(play({ data: { '8E': value } }))).toEqual({ tvr: tvr(0x20, 0), tsi: '2800', cvm: '3F0000' });
  });
});

describe('one rule each', () => {
  const ALL = 'E0F8C8';
  const cases: [string, string, string, CardLines, Ports, string, string][] = [
    ['fail', '0000', ALL, {}, {}, tvr(0, 0x80), '000001'],
    ['plaintext PIN right', '0100', ALL, {}, pin('1234'), tvr(0, 0), '010002'],
    ['plaintext PIN bypassed', '0100', ALL, {}, {}, tvr(0, 0x88), '010001'],
    ['plaintext PIN without a pad', '0100', 'E078C8', {}, pin('1234'), tvr(0, 0x90), '3F0001'],
    [
      'plaintext PIN, pad broken',
      '0100',
      ALL,
      {},
      { 'enter-pin': () => ({ result: 'pad-not-working' }) },
      tvr(0, 0x90),
      '010001',
    ],
    ['online PIN entered', '0200', ALL, {}, pin('1234'), tvr(0, 0x04), '020000'],
    ['online PIN bypassed', '0200', ALL, {}, {}, tvr(0, 0x88), '020001'],
    ['online PIN without a pad', '0200', 'E0B8C8', {}, pin('1234'), tvr(0, 0x90), '3F0001'],
    ['PIN and signature', '0300', ALL, {}, pin('1234'), tvr(0, 0), '030000'],
    ['PIN wrong and signature', '0300', ALL, { verify: [' 63C0'] }, pin('1234'), tvr(0, 0xa0), '030001'],
    ['PIN and signature, no signature', '0300', 'E0D8C8', {}, pin('1234'), tvr(0, 0x90), '3F0001'],
    ['enciphered PIN is reserved', '0400', ALL, {}, pin('1234'), tvr(0, 0xc0), '3F0001'],
    ['enciphered PIN and signature is reserved', '0500', ALL, {}, pin('1234'), tvr(0, 0xc0), '3F0001'],
    ['signature', '1E00', ALL, {}, {}, tvr(0, 0), '1E0000'],
    ['signature that the terminal cannot take', '1E00', 'E0D8C8', {}, {}, tvr(0, 0x80), '3F0001'],
    ['none', '1F00', ALL, {}, {}, tvr(0, 0), '1F0002'],
    ['none, where the terminal wants one', '1F00', 'E0F0C8', {}, {}, tvr(0, 0x80), '3F0001'],
    ['unknown', '0600', ALL, {}, {}, tvr(0, 0xc0), '3F0001'],
    ['condition not met', '1E01', ALL, {}, {}, tvr(0, 0x80), '3F0001'],
  ];
  test.each(cases)('%s', (_, rule, capabilities, lines, ports, results, cvm) => {
    const played = play(verifyList(rule, lines), ports, terminal({ '9F33': capabilities }));
    expect(marks(played)).toEqual({ tvr: results, tsi: '6800', cvm });
    expect(value(played, '9F34')).toBe(cvm);
  });

  test.each([
    [true, tvr(0, 0), '200002'],
    [false, tvr(0, 0x80), '200001'],
  ])('the holder’s certificate is shown, agrees: %s', (agrees, results, cvm) => {
    const lines = { data: { ...list('2000'), '9F62': '00', '9F61': '333330323033' } };
    const played = play(lines, { 'compare-certificate': () => ({ agrees }) }, terminal({ '9F33': 'E0F9C8' }));
    expect(marks(played)).toEqual({ tvr: results, tsi: '6800', cvm });
    expect(played.requests).toMatchObject([{ kind: 'compare-certificate', certificateType: Uint8Array.of(0) }]);
  });

  test('a certificate that the card does not name fails, and nobody is asked', () => {
    const played = play(verifyList('2000'), {}, terminal({ '9F33': 'E0F9C8' }));
    expect(marks(played).cvm).toBe('200001');
    expect(played.requests).toEqual([]);
  });
});

describe('from rule to rule', () => {
  test.each([
    ['a failure that goes on', '4100' + '1F00', {}, tvr(0, 0x08), '1F0002'],
    ['a failure that does not', '0100' + '1F00', {}, tvr(0, 0x88), '010001'],
    ['the fail rule goes on where it says so', '4000' + '1F00', {}, tvr(0, 0), '1F0002'],
    ['an unknown one that goes on', '4600' + '1F00', {}, tvr(0, 0x40), '1F0002'],
    ['an unknown one that does not', '0600' + '1F00', {}, tvr(0, 0xc0), '3F0001'],
    ['a condition that is not met goes on, whatever bit 7 says', '0101' + '1F00', {}, tvr(0, 0), '1F0002'],
    ['condition "supported" passes over what is not', '0603' + '1F00', {}, tvr(0, 0), '1F0002'],
    ['the list ends', '4100' + '4200', {}, tvr(0, 0x88), '420001'],
    ['a failed one stays the result before one that could not be tried', '4100' + '4600', {}, tvr(0, 0xc8), '410001'],
    ['signature after a bypassed PIN', '4100' + '1E00', {}, tvr(0, 0x08), '1E0000'],
  ])('%s', (_, rules, ports, results, cvm) => {
    expect(marks(play(verifyList(rules), ports))).toEqual({ tvr: results, tsi: '6800', cvm });
  });

  test('option: a PIN once bypassed is not asked for again', () => {
    const asked = (bypassHoldsForAllPins: boolean) =>
      play(verifyList('41004200'), {}, terminal({}, { bypassHoldsForAllPins })).requests.length;
    expect([asked(false), asked(true)]).toEqual([2, 1]);
  });

  test('amount X and Y in the card’s currency', () => {
    const cvm = (amount: string, currency = '0156') =>
      marks(play(verifyList('1F061E091F00'), {}, terminal({ '9F02': amount, '5F2A': currency }))).cvm;
    expect([cvm('000000009999'), cvm('000000020001'), cvm('000000015000')]).toEqual(['1F0602', '1E0900', '1F0002']);
    expect(cvm('000000020001', '0840')).toBe('1F0002');
  });
});

describe('offline PIN (JR/T 0025.6-2013 figures 14 and 15)', () => {
  test('the block of format 2 goes out, the tries left are asked for first', () => {
    const played = play(verifyList('0100', { objects: { '9F17': '03' } }), pin('123456'));
    expect(verifies(played.commands)).toEqual(['002000800826123456FFFFFFFF']);
    expect(played.commands[played.commands.indexOf(verifies(played.commands)[0]!) - 1]).toBe('80CA9F1700');
    expect(played.requests).toMatchObject([{ purpose: 'offline', triesLeft: 3, previousWrong: false }]);
  });

  test('option: the tries left are not asked for', () => {
    const played = play(verifyList('0100'), pin('1234'), terminal({}, { readsPinTryCounter: false }));
    expect(played.commands.some((command) => command.startsWith('80CA'))).toBe(false);
  });

  test('none left: no message, no VERIFY', () => {
    const played = play(verifyList('0100', { objects: { '9F17': '00' } }), pin('1234'));
    expect(marks(played)).toEqual({ tvr: tvr(0, 0xa0), tsi: '6800', cvm: '010001' });
    expect(played.requests).toEqual([]);
    expect(verifies(played.commands)).toEqual([]);
  });

  test('wrong, wrong, right', () => {
    const played = play(
      verifyList('0100', { objects: { '9F17': '03' }, verify: [' 63C2', ' 63C1', ''] }),
      pin('1111', '2222', '1234'),
    );
    expect(marks(played)).toEqual({ tvr: tvr(0, 0), tsi: '6800', cvm: '010002' });
    expect(played.requests).toMatchObject([
      { triesLeft: 3, previousWrong: false },
      { triesLeft: 2, previousWrong: true },
      { triesLeft: 1, previousWrong: true },
    ]);
  });

  test.each([
    ['the last try is wrong', [' 63C1', ' 63C0'], 2],
    ['the limit fell before, in this transaction', [' 6983'], 1],
    ['the limit fell before, in another one', [' 6984'], 1],
  ])('%s: tries exceeded, no further VERIFY', (_, verify, sent) => {
    const played = play(verifyList('0100', { verify }), pin('1111'));
    expect(marks(played)).toEqual({ tvr: tvr(0, 0xa0), tsi: '6800', cvm: '010001' });
    expect(verifies(played.commands)).toHaveLength(sent);
  });

  test('given up after a wrong one: not entered, tries not exceeded', () => {
    const ports: Ports = {
      'enter-pin': (_, turn) => (turn === 0 ? { result: 'entered', pin: '1111' } : { result: 'bypassed' }),
    };
    expect(marks(play(verifyList('0100', { verify: [' 63C2'] }), ports)).tvr).toBe(tvr(0, 0x88));
  });

  test('a status word that VERIFY does not know ends the transaction', () => {
    expect(play(verifyList('0100', { verify: [' 6A80'] }), pin('1234')).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'verify-refused',
      statusWord: 0x6a80,
    });
  });

  test('a PIN of the wrong length is the terminal’s fault', () => {
    expect(() => play(verifyList('0100'), pin('123'))).toThrow();
  });
});

describe('receipts and hosts', () => {
  test('a signature line on approval, none on refusal', () => {
    expect(play(verifyList('1E00')).outcome).toMatchObject({
      cardholderVerification: { signatureRequired: true },
      messages: ['approved', 'remove-card', 'please-sign'],
    });
    const refused = play(verifyList('1E00'), {}, terminal({ DF13: 'FFFFFFFFFF' }));
    expect(refused.outcome.cardholderVerification.signatureRequired).toBe(false);
  });

  test('the online PIN goes to the host', () => {
    const lines = verifyList('0200', { cryptograms: [cryptogram('80')] });
    const played = play(lines, pin('1234'), terminal({}, { requestsOnline: true }));
    expect(played.requests.at(-1)).toMatchObject({ kind: 'authorize-online', onlinePin: true });
    expect(played.outcome.cardholderVerification.onlinePinEntered).toBe(true);
  });

  test.each([
    [pin('1234'), '020000', tvr(0, 0x04)],
    [{}, '020001', tvr(0, 0x88)],
  ])('an ATM takes the online PIN whatever the list says (%#)', (ports, cvm, results) => {
    const played = play(verifyList('1F00'), ports, terminal({ '9F35': '15', '9F40': '8000000000' }));
    expect(marks(played)).toMatchObject({ cvm, tvr: results });
  });
});
