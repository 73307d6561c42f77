import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { readElectronicCashBalances, readLoadLogWithMac, readLog } from '../../../../emv/kernel/index.js';
import { open } from '../../../simulator/card-in-hand.js';
import { CardAndIssuer } from '../../../terminal/contact/card-and-issuer.js';
import { ContactCard, converse, DEBIT, fci, object, toResponse } from './contact-card.js';

const NAME = fromHex(DEBIT);
const FORMAT = '9A039F02069F3602';

function read(kind: 'transaction' | 'load', lines: ConstructorParameters<typeof ContactCard>[0]) {
  const card = new ContactCard(lines);
  return converse(readLog(NAME, kind), (command) => toResponse(card.answer(command)));
}

const logged = (place: string, selectedAs = '') => ({
  select: { [DEBIT]: `${fci(DEBIT, object('BF0C', place))}${selectedAs}` },
});

describe('transaction log (9F4D, 9F4F)', () => {
  const place = object('9F4D', '0B0A');
  const records = { '11.1': '1601040000000001000003', '11.2': '1601030000000002000002' };

  test('newest first, until the card has no more', () => {
    const { outcome, commands } = read('transaction', { ...logged(place), records, objects: { '9F4F': FORMAT } });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(commands).toEqual([`00A4040008${DEBIT}00`, '80CA9F4F00', '00B2015C00', '00B2025C00', '00B2035C00']);
    expect(outcome.value.map(({ recordNumber, values }) => [recordNumber, toHex(values.get('9F02')!)])).toEqual([
      [1, '000000000100'],
      [2, '000000000200'],
    ]);
    expect(toHex(outcome.value[0]!.values.get('9F36')!)).toBe('0003');
  });

  test('no more records than the application has, of a blocked one as well', () => {
    const lines = { ...logged(object('9F4D', '0B01'), ' 6283'), records, objects: { '9F4F': FORMAT } };
    expect(read('transaction', lines).outcome).toMatchObject({ ok: true, value: [{ recordNumber: 1 }] });
  });

  test.each([
    ['no log', logged('')],
    ['a place among the records', logged(object('9F4D', '010A'))],
    ['no format', logged(place)],
  ])('%s: nothing', (_, lines) => expect(read('transaction', lines).outcome).toEqual({ ok: true, value: [] }));

  test.each([
    ['no application', { select: {} }, 'application-not-selectable'],
    ['a format that is none', { ...logged(place), objects: { '9F4F': '9F02' } }, 'answer-invalid'],
    [
      'a record too short',
      { ...logged(place), records: { '11.1': '1601' }, objects: { '9F4F': FORMAT } },
      'answer-invalid',
    ],
    [
      'another status word',
      { ...logged(place), records: { '11.1': ' 6982' }, objects: { '9F4F': FORMAT } },
      'record-unreadable',
    ],
  ])('%s', (_, lines, reason) => expect(read('transaction', lines).outcome).toMatchObject({ ok: false, reason }));
});

describe('load log (DF4D, DF4F)', () => {
  const lines = { ...logged(object('DF4D', '0C0A')), objects: { DF4F: '9A039F3602' } };

  test('the purse before and after, then the format', () => {
    const records = { '12.1': '9F79000000001000000000006000' + '1601040007' };
    const { outcome, commands } = read('load', { ...lines, records });
    expect(outcome).toMatchObject({ ok: true, value: [{ purse: { tag: '9F79', before: 1_000, after: 6_000 } }] });
    expect(commands).toContain('00B2016400');
  });

  test.each(['9F79', '9F790000000010AA000000006000' + '1601040007', '9F79000000001000000000006000' + '160104'])(
    'a record that is none: %s',
    (record) => {
      expect(read('load', { ...lines, records: { '12.1': record } }).outcome).toMatchObject({
        ok: false,
        reason: 'answer-invalid',
      });
    },
  );
});

describe('load log with its MAC (READ RECORD, P1 = 00)', () => {
  const ENTRY = '9F79000000001000000000006000' + '160104' + '081530' + '0007';
  const readWhole = (record: string | undefined, place = object('DF4D', '0C0A')) => {
    const card = new ContactCard({ ...logged(place), records: record === undefined ? {} : { '12.0': record } });
    return converse(readLoadLogWithMac(NAME), (command) => toResponse(card.answer(command)));
  };

  test.each([0, 1, 10])('%i loads', (count) => {
    const content = `0008${toHex(Uint8Array.of(count))}${ENTRY.repeat(count)}`;
    const { outcome, commands } = readWhole(`${content}11223344`);
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(commands).toEqual([`00A4040008${DEBIT}00`, '00B2006400']);
    expect(outcome.value?.transactionCounter).toBe(8);
    expect(outcome.value?.entries.map(({ recordNumber }) => recordNumber)).toEqual(
      [...Array(count).keys()].map((n) => n + 1),
    );
    expect(outcome.value?.entries.every(({ purse }) => purse?.after === 6_000)).toBe(true);
    expect(toHex(outcome.value!.content)).toBe(content);
    expect(toHex(outcome.value!.mac)).toBe('11223344');
  });

  test('none: no place, no record', () => {
    expect(readWhole('', '').outcome).toEqual({ ok: true, value: undefined });
    expect(readWhole(undefined).outcome).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['empty', '', 'answer-invalid'],
    ['without a MAC', `000801${ENTRY}`, 'answer-invalid'],
    ['fewer loads than it says', `000802${ENTRY}11223344`, 'answer-invalid'],
    ['more than ten', `00080B${ENTRY.repeat(11)}11223344`, 'answer-invalid'],
    ['an amount that is none', `000801${ENTRY.replace('6000', '60A0')}11223344`, 'answer-invalid'],
    ['refused', ' 6A86', 'record-unreadable'],
  ])('%s', (_, record, reason) => expect(readWhole(record).outcome).toMatchObject({ ok: false, reason }));
});

describe('balances', () => {
  const ask = (objects: Record<string, string>) => {
    const card = new ContactCard({ objects });
    return converse(readElectronicCashBalances(NAME), (command) => toResponse(card.answer(command))).outcome;
  };

  test('of both currencies, and of those that the card gives', () => {
    const first = { '9F51': '0156', '9F79': '000000001234' };
    expect(ask({ ...first, DF71: '0344', DF79: '000000000500' })).toEqual({
      ok: true,
      value: [
        { currency: '0156', balance: 1_234 },
        { currency: '0344', balance: 500 },
      ],
    });
    expect(ask(first)).toEqual({ ok: true, value: [{ currency: '0156', balance: 1_234 }] });
    expect(ask({ '9F79': '000000000001' })).toEqual({ ok: true, value: [{ balance: 1 }] });
    expect(ask({ '9F79': 'AA' })).toEqual({ ok: true, value: [] });
  });
});

test('what a software card has paid stands in its log', async () => {
  const both = CardAndIssuer.of('service-card-51');
  await both.meet({ pins: ['123456'] });
  await both.meet({ pins: ['123456'], data: { '9F02': '000000000700' } });
  both.card.powerOn('contact');
  const { outcome } = converse(readLog(NAME, 'transaction'), (command) => both.card.transmit(command));
  if (!outcome.ok) throw new Error(outcome.reason);
  expect(outcome.value.map(({ values }) => toHex(values.get('9F02')!))).toEqual(['000000000700', '000000001000']);
  expect(open('service-card-51').inspect().applications[0]!.log).toEqual([]);
});
