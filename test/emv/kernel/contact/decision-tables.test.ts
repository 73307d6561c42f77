import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../emv/bytes.js';
import { analyseTerminalAction, analyseWithoutHost } from '../../../../emv/kernel/contact/analyse-terminal-action.js';
import { chooseMethod } from '../../../../emv/kernel/contact/authentication-method.js';
import { isAllowedAnswer, readCryptogramType } from '../../../../emv/kernel/contact/cryptogram-type.js';
import { staysAboveThreshold } from '../../../../emv/kernel/contact/electronic-cash.js';
import { issuerDecision } from '../../../../emv/kernel/contact/issuer-decision.js';
import { isSelectedRandomly } from '../../../../emv/kernel/contact/random-selection.js';
import { velocityMarks } from '../../../../emv/kernel/contact/velocity.js';
import { type ConditionFacts, isConditionSatisfied } from '../../../../emv/kernel/contact/verification-condition.js';
import { verificationMethod } from '../../../../emv/kernel/contact/verification-method.js';
import { readTerminalKind } from '../../../../emv/kernel/terminal-kind.js';
import { isUsageAllowed } from '../../../../emv/kernel/usage-control.js';

describe('terminal type 9F35 and transaction 9C (JR/T 0025.6-2013 table 4)', () => {
  test.each([
    ['11', 'online-only', true],
    ['12', 'online-capable', true],
    ['13', 'offline-only', true],
    ['14', 'online-only', false],
    ['15', 'online-capable', false],
    ['16', 'offline-only', false],
    ['21', 'online-only', true],
    ['22', 'online-capable', true],
    ['23', 'offline-only', true],
    ['24', 'online-only', false],
    ['25', 'online-capable', false],
    ['26', 'offline-only', false],
    ['34', 'online-only', false],
    ['35', 'online-capable', false],
    ['36', 'offline-only', false],
  ])('%s: %s, attended %s', (type, connection, isAttended) => {
    expect(readTerminalKind(new Map([['9F35', fromHex(type)]]))).toMatchObject({ connection, isAttended });
  });

  test.each([
    ['14', '80', true],
    ['15', '80', true],
    ['16', 'FF', true],
    ['14', '7F', false],
    ['12', '80', false],
    ['24', '80', false],
  ])('type %s with additional capabilities %s…: ATM %s', (type, first, isAtm) => {
    const data = new Map([
      ['9F35', fromHex(type)],
      ['9F40', fromHex(`${first}00000000`)],
    ]);
    expect(readTerminalKind(data).isAtm).toBe(isAtm);
  });

  test.each([
    ['00', '000000000000', 'purchase'],
    ['00', '000000000100', 'cashback'],
    ['01', '000000000000', 'cash'],
    ['09', '000000000000', 'cashback'],
    ['20', '000000000000', 'other'],
  ])('9C %s with 9F03 %s: %s', (type, other, transaction) => {
    const data = new Map([
      ['9C', fromHex(type)],
      ['9F03', fromHex(other)],
    ]);
    expect(readTerminalKind(data).transaction).toBe(transaction);
  });
});

describe('offline data authentication: the best in common (JR/T 0025.6-2013 figure 7)', () => {
  const flags = (text: string) => ({
    combinedDataAuthentication: text.includes('C'),
    dynamicDataAuthentication: text.includes('D'),
    staticDataAuthentication: text.includes('S'),
  });
  test.each([
    ['CDS', 'CDS', 'cda'],
    ['CDS', 'DS', 'dda'],
    ['DS', 'CDS', 'dda'],
    ['CDS', 'S', 'sda'],
    ['S', 'CDS', 'sda'],
    ['C', 'C', 'cda'],
    ['C', 'DS', 'none'],
    ['S', 'CD', 'none'],
    ['', 'CDS', 'none'],
    ['CDS', '', 'none'],
  ])('card %s, terminal %s: %s', (card, terminal, method) => {
    expect(chooseMethod(flags(card), flags(terminal))).toBe(method);
  });
});

describe('application usage control 9F07 (JR/T 0025.6-2013 tables 17 and 18)', () => {
  const HOME = fromHex('0156');
  const ABROAD = fromHex('0840');
  test.each([
    ['8100', 'cash', HOME, false, true],
    ['7F00', 'cash', HOME, false, false],
    ['4100', 'cash', ABROAD, false, true],
    ['BF00', 'cash', ABROAD, false, false],
    ['2100', 'purchase', HOME, false, true],
    ['0900', 'purchase', HOME, false, true],
    ['D7C0', 'purchase', HOME, false, false],
    ['1100', 'purchase', ABROAD, false, true],
    ['0500', 'purchase', ABROAD, false, true],
    ['EBC0', 'purchase', ABROAD, false, false],
    ['2180', 'cashback', HOME, false, true],
    ['FF40', 'cashback', HOME, false, false],
    ['D780', 'cashback', HOME, false, false],
    ['1140', 'cashback', ABROAD, false, true],
    ['FF80', 'cashback', ABROAD, false, false],
    ['0100', 'other', HOME, false, true],
    ['8200', 'cash', HOME, true, true],
    ['FDC0', 'cash', HOME, true, false],
    ['FEC0', 'purchase', HOME, false, false],
  ] as const)('%s, %s, ATM %s', (control, transaction, terminalCountry, isAtm, allowed) => {
    const usage = { control: fromHex(control), issuerCountry: HOME, terminalCountry };
    expect(isUsageAllowed(usage, { isAtm, transaction })).toBe(allowed);
  });

  test('without 9F07 all is allowed; without 5F28 only ATM or not is looked at', () => {
    const kind = { isAtm: false, transaction: 'cash' } as const;
    expect(isUsageAllowed({}, kind)).toBe(true);
    expect(isUsageAllowed({ control: fromHex('0100') }, kind)).toBe(true);
    expect(isUsageAllowed({ control: fromHex('FE00') }, kind)).toBe(false);
  });
});

describe('conditions of the CVM list (JR/T 0025.5-2013 A.1, EMV 4.3 Book 3 table 40)', () => {
  const facts: ConditionFacts = {
    isAttended: true,
    transaction: 'purchase',
    amount: 500,
    amountX: 400,
    amountY: 600,
    transactionCurrency: fromHex('0156'),
    applicationCurrency: fromHex('0156'),
    terminalSupportsMethod: true,
  };
  test.each<[string, Partial<ConditionFacts>, boolean]>([
    ['00', {}, true],
    ['01', { transaction: 'cash', isAttended: false }, true],
    ['01', { transaction: 'cash' }, false],
    ['01', { isAttended: false }, false],
    ['02', {}, true],
    ['02', { transaction: 'other' }, true],
    ['02', { transaction: 'cash' }, false],
    ['02', { transaction: 'cashback' }, false],
    ['03', {}, true],
    ['03', { terminalSupportsMethod: false }, false],
    ['04', { transaction: 'cash' }, true],
    ['04', { transaction: 'cash', isAttended: false }, false],
    ['05', { transaction: 'cashback' }, true],
    ['05', {}, false],
    ['06', { amount: 399 }, true],
    ['06', { amount: 400 }, false],
    ['07', { amount: 401 }, true],
    ['07', { amount: 400 }, false],
    ['08', { amount: 599 }, true],
    ['08', { amount: 600 }, false],
    ['09', { amount: 601 }, true],
    ['09', { amount: 600 }, false],
    ['06', { amount: 1, transactionCurrency: fromHex('0840') }, false],
    ['07', { applicationCurrency: undefined }, false],
    ['0A', {}, false],
    ['80', {}, false],
  ])('condition %s with %o: %s', (code, changes, satisfied) => {
    expect(isConditionSatisfied(Number.parseInt(code, 16), { ...facts, ...changes })).toBe(satisfied);
  });
});

describe('methods of the CVM list (JR/T 0025.5-2013 A.1)', () => {
  test.each([
    [0x00, []],
    [0x01, ['plaintext-pin']],
    [0x02, ['online-pin']],
    [0x03, ['plaintext-pin', 'signature']],
    [0x04, undefined],
    [0x05, undefined],
    [0x1e, ['signature']],
    [0x1f, []],
    [0x20, ['certificate']],
    [0x06, undefined],
    [0x3f, undefined],
  ])('%i: %s', (code, acts) => expect(verificationMethod(code, false)?.acts).toEqual(acts));

  test('EMV has the enciphered PIN', () => {
    expect(verificationMethod(0x04, true)?.acts).toEqual(['enciphered-pin']);
    expect(verificationMethod(0x05, true)?.acts).toEqual(['enciphered-pin', 'signature']);
  });
});

describe('random selection: the example of JR/T 0025.6-2013 table 23', () => {
  const selection = { threshold: 40, targetPercentage: 20, maximumTargetPercentage: 50, randomNumber: 25 };
  test.each([
    [20, 25, false],
    [20, 20, true],
    [60, 25, true],
    [60, 30, true],
    [60, 31, false],
    [40, 20, true],
    [40, 21, false],
    [99, 49, true],
    [99, 50, false],
    [100, 1, false],
    [150, 1, false],
  ])('amount %i, number %i: %s', (amount, randomNumber, selected) => {
    expect(isSelectedRandomly(amount, 100, { ...selection, randomNumber })).toBe(selected);
  });
});

describe('velocity and new card (JR/T 0025.6-2013 7.8.8, 7.8.9)', () => {
  const LOWER = 'lowerConsecutiveOfflineLimitExceeded';
  const UPPER = 'upperConsecutiveOfflineLimitExceeded';
  test.each<[number | undefined, number | undefined, string[]]>([
    [5, 2, []],
    [6, 2, [LOWER]],
    [7, 2, [LOWER]],
    [8, 2, [LOWER, UPPER]],
    [2, 2, []],
    [2, 3, [LOWER, UPPER]],
    [0, 0xffff, [LOWER, UPPER]],
    [1, 0, ['newCard']],
    [9, 0, [LOWER, UPPER, 'newCard']],
    [undefined, 2, [LOWER, UPPER]],
    [undefined, 0, [LOWER, UPPER, 'newCard']],
    [9, undefined, [LOWER, UPPER]],
    [undefined, undefined, [LOWER, UPPER]],
  ])('counter %s, last online %s: %s', (transactionCounter, lastOnlineCounter, marks) => {
    expect(velocityMarks({ transactionCounter, lastOnlineCounter, lowerLimit: 3, upperLimit: 5 })).toEqual(marks);
  });
});

describe('terminal action analysis (JR/T 0025.6-2013 7.9.3)', () => {
  const BIT = fromHex('0040000000');
  const NONE = new Uint8Array(5);
  const open = {
    issuerDenial: NONE,
    issuerOnline: NONE,
    issuerDefault: NONE,
    terminalDenial: NONE,
    terminalOnline: NONE,
    terminalDefault: NONE,
  };
  test.each([
    ['nothing hits', {}, 'TC Y1', 'ARQC', 'TC Y1'],
    ['denial of the issuer', { issuerDenial: BIT }, 'AAC Z1', 'AAC Z1', 'AAC Z1'],
    ['denial of the terminal', { terminalDenial: BIT }, 'AAC Z1', 'AAC Z1', 'AAC Z1'],
    ['online of the issuer', { issuerOnline: BIT }, 'ARQC', 'ARQC', 'TC Y1'],
    ['online of the terminal', { terminalOnline: BIT }, 'ARQC', 'ARQC', 'TC Y1'],
    ['default of the issuer', { issuerDefault: BIT }, 'TC Y1', 'ARQC', 'AAC Z1'],
    ['default of the terminal', { terminalDefault: BIT }, 'TC Y1', 'ARQC', 'AAC Z1'],
    ['denial before online', { terminalDenial: BIT, issuerOnline: BIT }, 'AAC Z1', 'AAC Z1', 'AAC Z1'],
    ['no denial of the issuer: zeros', { issuerDenial: undefined }, 'TC Y1', 'ARQC', 'TC Y1'],
    ['no online of the issuer: ones', { issuerOnline: undefined }, 'ARQC', 'ARQC', 'TC Y1'],
    ['no default of the issuer: ones', { issuerDefault: undefined }, 'TC Y1', 'ARQC', 'AAC Z1'],
    [
      'none of the terminal: zeros',
      { terminalDenial: undefined, terminalOnline: undefined, terminalDefault: undefined },
      'TC Y1',
      'ARQC',
      'TC Y1',
    ],
  ])('%s', (_, codes, capable, onlineOnly, offlineOnly) => {
    const decide = (connection: 'online-capable' | 'online-only' | 'offline-only') => {
      const { cryptogram, authorizationResponseCode } = analyseTerminalAction(BIT, { ...open, ...codes }, connection);
      return [cryptogram, authorizationResponseCode].filter(Boolean).join(' ');
    };
    expect([decide('online-capable'), decide('online-only'), decide('offline-only')]).toEqual([
      capable,
      onlineOnly,
      offlineOnly,
    ]);
  });

  test.each([
    ['nothing hits', {}, false, 'TC', 'Y3'],
    ['default of the issuer', { issuerDefault: BIT }, false, 'AAC', 'Z3'],
    ['default of the terminal', { terminalDefault: BIT }, false, 'AAC', 'Z3'],
    ['no default of the issuer', { issuerDefault: undefined }, false, 'AAC', 'Z3'],
    ['online-only that does not look', {}, true, 'AAC', 'Z3'],
  ])('without a host, %s', (_, codes, atOnce, cryptogram, authorizationResponseCode) => {
    expect(analyseWithoutHost(BIT, { ...open, ...codes }, atOnce)).toEqual({ cryptogram, authorizationResponseCode });
  });
});

describe('what the card may answer (JR/T 0025.6-2013 table 27)', () => {
  test.each([
    ['AAC', 'AAC', true],
    ['AAC', 'ARQC', false],
    ['AAC', 'TC', false],
    ['ARQC', 'AAC', true],
    ['ARQC', 'ARQC', true],
    ['ARQC', 'TC', false],
    ['TC', 'AAC', true],
    ['TC', 'ARQC', true],
    ['TC', 'TC', true],
  ] as const)('asked %s, answered %s: %s', (asked, answered, allowed) => {
    expect(isAllowedAnswer(asked, answered)).toBe(allowed);
  });

  test.each([
    [0x00, 'AAC'],
    [0x40, 'TC'],
    [0x80, 'ARQC'],
    [0xc0, undefined],
    [0x4f, 'TC'],
  ])('9F27 %i: %s', (information, type) => expect(readCryptogramType(information)).toBe(type));
});

describe('authorization response codes (JR/T 0025.6-2013 7.13.5.1)', () => {
  test.each([
    ['00', 'approve'],
    ['10', 'approve'],
    ['11', 'approve'],
    ['01', 'refer'],
    ['02', 'refer'],
    ['05', 'decline'],
    ['51', 'decline'],
    ['12', 'decline'],
  ])('%s: %s', (code, decision) => expect(issuerDecision(code)).toBe(decision));
});

describe('electronic cash against its reset threshold (JR/T 0025.13-2013 7.4.4)', () => {
  test.each([
    ['000000001000', '000000000200', 800, true],
    ['000000001000', '000000000200', 801, false],
    ['000000001000', undefined, 1000, true],
    ['000000001000', undefined, 1001, false],
    [undefined, undefined, 1, false],
  ])('balance %s, threshold %s, amount %i: %s', (balance, threshold, amount, stays) => {
    const entries = [['9F79', balance] as const, ['9F6D', threshold] as const];
    const card = new Map(entries.flatMap(([tag, value]) => (value ? [[tag, fromHex(value)] as const] : [])));
    expect(staysAboveThreshold(card, amount)).toBe(stays);
  });
});
