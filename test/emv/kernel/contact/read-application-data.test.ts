import { describe, expect, test } from 'vitest';
import { CARD_DATA, object, objects, play, terminal } from './contact-card.js';

const record = (values: Readonly<Record<string, string | undefined>>) => object('70', objects(values));
const read = (...records: string[]) =>
  play({
    locator: `0801${records.length.toString().padStart(2, '0')}00`,
    records: Object.fromEntries(records.map((line, index) => [`1.${index + 1}`, line])),
  });

describe('what ends the reading (JR/T 0025.6-2013 7.4.4)', () => {
  test.each<[string, string[], string]>([
    ['a tag twice in a record', [object('70', objects(CARD_DATA), object('5F34', '01'))], 'data-repeated'],
    ['a tag in two records', [record(CARD_DATA), record({ '5F34': '02' })], 'data-repeated'],
    ['a tag of GET PROCESSING OPTIONS', [record({ ...CARD_DATA, '94': '08010100' })], 'data-repeated'],
    ['5F24 missing', [record({ ...CARD_DATA, '5F24': undefined })], 'mandatory-data-missing'],
    ['5A missing', [record({ ...CARD_DATA, '5A': undefined })], 'mandatory-data-missing'],
    ['8C missing', [record({ ...CARD_DATA, '8C': undefined })], 'mandatory-data-missing'],
    ['8D missing', [record({ ...CARD_DATA, '8D': undefined })], 'mandatory-data-missing'],
    ['5A empty', [record({ ...CARD_DATA, '5A': '' })], 'mandatory-data-missing'],
    ['5A too long', [record({ ...CARD_DATA, '5A': '62'.repeat(11) })], 'answer-invalid'],
    ['5F24 no date', [record({ ...CARD_DATA, '5F24': '301331' })], 'answer-invalid'],
    ['5F25 of another length', [record({ ...CARD_DATA, '5F25': '1501' })], 'answer-invalid'],
    ['9F07 of another length', [record({ ...CARD_DATA, '9F07': 'FF' })], 'answer-invalid'],
    ['9F0E of another length', [record({ ...CARD_DATA, '9F0E': '00000000' })], 'answer-invalid'],
    ['8C no list', [record({ ...CARD_DATA, '8C': '9F02' })], 'answer-invalid'],
    ['8C that asks for more than a command holds', [record({ ...CARD_DATA, '8C': '9F02FF9F0301' })], 'answer-invalid'],
    ['8D that does', [record({ ...CARD_DATA, '8D': '9F02FF9F0301' })], 'answer-invalid'],
    ['9F49 that does', [record({ ...CARD_DATA, '9F49': '9F37FF9F0301' })], 'answer-invalid'],
    ['no template', [objects(CARD_DATA)], 'answer-invalid'],
    ['cut off', [record(CARD_DATA).slice(0, -2)], 'answer-invalid'],
    ['another status word', [' 6A83'], 'record-unreadable'],
    ['a warning', [`${record(CARD_DATA)} 6282`], 'record-unreadable'],
  ])('%s', (_, records, reason) => {
    expect(read(...records).outcome).toMatchObject({ outcome: 'terminated', reason });
  });

  test.each([
    ['5F20 of one byte', { '5F20': '20' }],
    ['5F20 too long', { '5F20': '20'.repeat(30) }],
    ['9F0B too long', { '9F0B': '20'.repeat(50) }],
    ['both names', { '5F20': '2020', '9F0B': '20'.repeat(28) }],
    ['8C that asks for all that a command holds', { '8C': '9F02FF' }],
    ['97 that asks for more: it is hashed', { '97': '9F02FF9F03FF' }],
    ['an unknown tag', { DF7F: '01' }],
  ])('not: %s', (_, more) => {
    expect(read(record({ ...CARD_DATA, ...more })).outcome.outcome).toBe('approved-offline');
  });

  test('option: the same value again does no harm, another one does', () => {
    const run = (again: string) =>
      play(
        { locator: '08010200', records: { '1.1': record(CARD_DATA), '1.2': record({ '5F34': again }) } },
        {},
        terminal({}, { acceptsRepeatedData: true }),
      ).outcome;
    expect(run('01').outcome).toBe('approved-offline');
    expect(run('02')).toMatchObject({ outcome: 'terminated', reason: 'data-repeated', tag: '5F34' });
  });

  test('files above 10 are the card’s own', () => {
    const played = play({ locator: '0801010058010100', records: { '1.1': record(CARD_DATA), '11.1': 'FFFF' } });
    expect(played.outcome.outcome).toBe('approved-offline');
    expect(played.outcome.records).toHaveLength(2);
  });

  test('a locator of more records than a transaction has time for', () => {
    expect(play({ locator: '0801FF00' }).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'file-locator-invalid',
    });
  });
});

test('a terminal without an amount asks the card for nothing', () => {
  const played = play({}, {}, terminal({ '9F02': undefined }));
  expect(played.commands).toEqual([]);
  expect(played.outcome).toMatchObject({ outcome: 'terminated', reason: 'terminal-data-missing', tag: '9F02' });
});
