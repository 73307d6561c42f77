import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { CardData } from '../../../../emv/kernel/card-data.js';
import { readRecords } from '../../../../emv/kernel/qpboc/read-records.js';
import { readFileLocator } from '../../../../emv/kernel/read-file-locator.js';
import type { TransactionRecord } from '../../../../emv/kernel/transaction-outcome.js';
import { converse, object, PAN, record, scriptedCard, TRACK_2 } from './card-script.js';

interface Reading {
  readonly locator: string;
  readonly records: Readonly<Record<string, string>>;
  readonly date?: string;
  readonly isInExceptionFile?: (pan: string, sequence: string) => boolean;
  /** What the answer to GET PROCESSING OPTIONS said before. */
  readonly said?: Readonly<Record<string, string>>;
}

function read({ locator, records, date = '2016-01-04', isInExceptionFile, said = {} }: Reading) {
  const entries = readFileLocator(fromHex(locator));
  if (!entries.ok) throw new Error(entries.reason);
  const card = new CardData(new Map());
  for (const [tag, value] of Object.entries(said)) card.set(tag, fromHex(value));
  const kept: TransactionRecord[] = [];
  const played = converse(
    readRecords(entries.value, card, { date, isInExceptionFile }, kept),
    scriptedCard({ records }),
  );
  const asked = played.commands.map(
    (command) => `${Number.parseInt(command.slice(6, 8), 16) >> 3}.${Number.parseInt(command.slice(4, 6), 16)}`,
  );
  return { ...played, asked, card, kept };
}

const EMPTY = record();
const expires = (date: string): string => object('5F24', date);

describe('the file locator', () => {
  test.each([
    ['one entry', '08010100', 1],
    ['several', '1001020018010301', 5],
    ['64 records are the most', '08014000', 64],
  ])('%s', (_, locator, count) => {
    const entries = readFileLocator(fromHex(locator));
    const records = entries.ok ? entries.value : [];
    expect(records.reduce((sum, { firstRecord, lastRecord }) => sum + lastRecord - firstRecord + 1, 0)).toBe(count);
  });

  test.each([
    ['nothing', ''],
    ['not whole entries', '080101'],
    ['65 records', '08014100'],
    ['65 records in two entries', '0801400010010100'],
    ['file 0', '00010100'],
    ['file 31', 'F8010100'],
    ['reserved bits', '09010100'],
    ['record 0', '08000100'],
    ['the last before the first', '08020100'],
    ['more signed records than records', '08010102'],
  ])('%s ends the transaction', (_, locator) => {
    expect(readFileLocator(fromHex(locator))).toMatchObject({
      outcome: 'terminated',
      reason: 'file-locator-invalid',
      tag: '94',
    });
  });
});

describe('reading', () => {
  test('goes through the locator in its order, whatever the numbers of the files', () => {
    const records = { '3.2': EMPTY, '3.3': EMPTY, '1.1': EMPTY, '2.1': EMPTY };
    const { asked, outcome, commands } = read({ locator: '180203000801010010010100', records });
    expect(outcome.ok).toBe(true);
    expect(asked).toEqual(['3.2', '3.3', '1.1', '2.1']);
    expect(commands[0]).toBe('00B2021C00');
  });

  test('a record named twice is read twice', () => {
    expect(read({ locator: '0801010008010100', records: { '1.1': EMPTY } }).asked).toEqual(['1.1', '1.1']);
  });

  test('keeps each record as it came, and whether it is signed', () => {
    const { kept } = read({ locator: '10010201', records: { '2.1': record(object('5A', PAN)), '2.2': EMPTY } });
    expect(kept.map(({ bytes, ...rest }) => ({ ...rest, bytes: toHex(bytes) }))).toEqual([
      { shortFileIdentifier: 2, recordNumber: 1, authenticated: true, bytes: record(object('5A', PAN)) },
      { shortFileIdentifier: 2, recordNumber: 2, authenticated: false, bytes: EMPTY },
    ]);
  });

  test.each(['6A83', '6A82', '6985', '6981', '6283'])('status word %s: what was read is dropped', (statusWord) => {
    const { outcome, asked } = read({
      locator: '10010300',
      records: { '2.1': EMPTY, '2.2': ` ${statusWord}`, '2.3': EMPTY },
    });
    expect(outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'record-unreadable',
      statusWord: Number.parseInt(statusWord, 16),
      tryAnotherInterface: false,
    });
    expect(asked).toEqual(['2.1', '2.2']);
  });

  test('a card that leaves may be presented again', () => {
    expect(read({ locator: '10010200', records: { '2.1': EMPTY } }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'card-removed',
    });
  });
});

describe('a record', () => {
  test.each([
    ['another template', '7100'],
    ['no template', ''],
    ['cut', '7005'],
    ['two templates', `${EMPTY}${EMPTY}`],
  ])('of files 1 to 10 that is no template 70 cannot be read: %s', (_, bytes) => {
    expect(read({ locator: '50010100', records: { '10.1': bytes } }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'answer-invalid',
      tag: '70',
    });
  });

  test('that is signed and no template 70 is read over: authentication fails by it', () => {
    const { outcome, asked } = read({ locator: '1001010110020200', records: { '2.1': '7100', '2.2': EMPTY } });
    expect(outcome.ok).toBe(true);
    expect(asked).toEqual(['2.1', '2.2']);
  });

  test('of files 11 to 30 may hold anything and says nothing', () => {
    const { outcome, card } = read({
      locator: '58010100F0010100',
      records: { '11.1': 'FFFF', '30.1': record(expires('151231')) },
    });
    expect(outcome.ok).toBe(true);
    expect(card.get('5F24')).toBeUndefined();
  });

  test('may repeat what was said, and not say something else', () => {
    const said = { '5F34': '01' };
    expect(read({ locator: '08010100', said, records: { '1.1': record(object('5F34', '01')) } }).outcome.ok).toBe(true);
    expect(read({ locator: '08010100', said, records: { '1.1': record(object('5F34', '02')) } }).outcome).toMatchObject(
      {
        outcome: 'terminated',
        reason: 'data-conflict',
        tag: '5F34',
      },
    );
  });
});

describe('expiry', () => {
  const records = (date: string) => ({ '1.1': EMPTY, '1.2': record(expires(date)), '1.3': EMPTY });

  test.each(['160104', '160105', '491231'])('a card that expires on %s may be used on 2016-01-04', (date) => {
    expect(read({ locator: '08010300', records: records(date) })).toMatchObject({
      outcome: { ok: true },
      asked: { length: 3 },
    });
  });

  test.each(['160103', '151231', '991231', '500101'])(
    '%s: declined at once, and the last record is not read',
    (date) => {
      const { outcome, asked } = read({ locator: '08010300', records: records(date) });
      expect(outcome).toMatchObject({
        outcome: 'declined',
        reason: 'card-expired',
        tag: '5F24',
        tryAnotherInterface: false,
      });
      expect(asked).toEqual(['1.1', '1.2']);
    },
  );

  test.each(['161301', '160100', '1601', ''])('%s is no date and cannot be read', (date) => {
    expect(read({ locator: '08010300', records: records(date) }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'answer-invalid',
      tag: '5F24',
    });
  });

  test('without 5F24 nothing expires here; authentication will miss it where it is signed', () => {
    expect(read({ locator: '08010100', records: { '1.1': EMPTY } }).outcome.ok).toBe(true);
  });
});

describe('the exception file', () => {
  const asked: string[] = [];
  const isInExceptionFile = (pan: string, sequence: string) => {
    asked.push(`${pan}/${sequence}`);
    return pan === PAN;
  };

  test.each([
    ['5A', object('5A', PAN), `${PAN}/00`],
    ['5A with padding', object('5A', '6228000100000000017F'), '6228000100000000017/00'],
    ['57', object('57', TRACK_2), `${PAN}/00`],
    ['5A and 5F34', object('5F34', '02') + object('5A', PAN), `${PAN}/02`],
  ])('is asked for the number in %s', (_, content, name) => {
    asked.length = 0;
    read({ locator: '08010100', records: { '1.1': record(content) }, isInExceptionFile });
    expect(asked).toEqual([name]);
  });

  test('is asked for the signed number where track 2 has another one', () => {
    asked.length = 0;
    const records = { '1.1': record(object('5A', '6228000100000009')) };
    read({ locator: '08010100', said: { '57': TRACK_2 }, records, isInExceptionFile });
    expect(asked).toEqual(['6228000100000009/00']);
  });

  test('declines as soon as the card has named itself, before the last record', () => {
    const records = { '1.1': record(object('5A', PAN)), '1.2': EMPTY };
    const { outcome, asked: numbers } = read({ locator: '08010200', records, isInExceptionFile });
    expect(outcome).toMatchObject({ outcome: 'declined', reason: 'exception-file', tryAnotherInterface: false });
    expect(numbers).toEqual(['1.1']);
  });

  test.each([
    ['1.1', '08010200'],
    // A file that its issuer governs: its records say nothing here.
    ['11.1', '58010200'],
  ])('declines with the first record, %s, a card that named itself before and says no more', (first, locator) => {
    const records = { [first]: EMPTY, [first.replace(/1$/, '2')]: EMPTY };
    const { outcome, asked: numbers } = read({ locator, said: { '57': TRACK_2 }, records, isInExceptionFile });
    expect(outcome).toMatchObject({ outcome: 'declined', reason: 'exception-file' });
    expect(numbers).toEqual([first]);
  });

  test('is not asked for what is no number', () => {
    asked.length = 0;
    read({ locator: '08010100', records: { '1.1': record(object('5A', 'ABCD')) }, isInExceptionFile });
    expect(asked).toEqual([]);
  });
});

test('track 2 and the signed record name two cards: declined before the last record', () => {
  const records = { '1.1': record(object('5A', '6228000100000009')), '1.2': EMPTY };
  const { outcome, asked } = read({ locator: '08010200', said: { '57': TRACK_2 }, records });
  expect(outcome).toMatchObject({ outcome: 'declined', reason: 'pan-mismatch', tag: '57' });
  expect(asked).toEqual(['1.1']);
});
