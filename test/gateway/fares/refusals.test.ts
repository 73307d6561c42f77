import { describe, expect, test } from 'vitest';
import type { FareCard } from '../../../src/gateway/fares/index.js';
import { at, campaigns2015, enter, leave, type MadeTap, member, netOf, price, rideBus, tapOf } from './price-taps.js';

const reasonsOf = (taps: readonly MadeTap[], card: FareCard = member) =>
  price(taps, { card, campaigns: campaigns2015 }).refused.map(({ tapId, reason }) => [tapId, reason]);

const withStates = (...states: [FareCard['states'][number]['state'], string][]): FareCard => ({
  ...member,
  states: states.map(([state, from]) => ({ state, from: at(from) })),
});

test('a card of the generation before is refused wherever it is tapped', () => {
  const taps = [rideBus('08:00'), enter('鼓楼', '09:00'), tapOf('bicycle', 'start', '10:00')];
  const { journeys, refused } = price(taps, { card: { ...member, generation: 'pboc2' } });
  expect(journeys).toEqual([]);
  expect(refused.map(({ reason }) => reason)).toEqual(['card-generation', 'card-generation', 'card-generation']);
});

describe.each([
  ['inactive', 'card-inactive'],
  ['lost', 'card-lost'],
  ['closed', 'card-closed'],
] as const)('a card that is %s', (state, reason) => {
  test('is refused from the very instant, and not a second before', () => {
    const card = withStates(['active', '2015-08-26 00:00'], [state, '08:00']);
    expect(reasonsOf([rideBus('07:59:59'), rideBus('08:00')], card)).toEqual([['tap-001', reason]]);
  });

  test('is accepted again from the instant at which it is found', () => {
    const card = withStates([state, '08:00'], ['active', '09:00']);
    expect(reasonsOf([rideBus('07:00'), rideBus('08:59:59'), rideBus('09:00')], card)).toEqual([['tap-001', reason]]);
  });

  test('is judged whatever the order of its states', () => {
    const card = withStates(['active', '09:00'], ['active', '2015-08-26 00:00'], [state, '08:00']);
    expect(reasonsOf([rideBus('07:00'), rideBus('08:30'), rideBus('09:00')], card)).toEqual([['tap-001', reason]]);
  });

  test('with two states of one instant has the one named last', () => {
    expect(reasonsOf([rideBus('08:00')], withStates(['active', '08:00'], [state, '08:00']))).toHaveLength(1);
    expect(reasonsOf([rideBus('08:00')], withStates([state, '08:00'], ['active', '08:00']))).toHaveLength(0);
  });

  test('is judged by the instant and not by how it is written', () => {
    const card: FareCard = { ...member, states: [{ state, from: '2015-10-13T00:00:00Z' }] };
    expect(reasonsOf([rideBus('07:59:59'), rideBus('08:00')], card)).toEqual([['tap-001', reason]]);
  });

  test('cannot end a journey: the entry stands alone', () => {
    const card = withStates([state, '08:10']);
    const { journeys } = price([enter('鼓楼', '08:00'), leave('西门口', '08:20')], { card });
    expect(journeys).toMatchObject([{ status: 'incomplete', tapIds: ['tap-000'] }]);
  });
});

test('a card without any state is active', () => {
  expect(reasonsOf([rideBus('08:00')])).toEqual([]);
});

describe('a doubled tap', () => {
  test('is refused and costs nothing, the one with the lower id counts', () => {
    const taps = [{ ...rideBus('08:00'), id: 'b' }, { ...rideBus('08:00'), id: 'a' }, rideBus('12:00')];
    const priced = price(taps);
    expect(priced.refused).toEqual([{ tapId: 'b', reason: 'duplicate' }]);
    expect(netOf(priced)).toEqual([200, 200]);
  });

  test('is the same however its instant and its place are written', () => {
    const again = { ...rideBus('08:00', { region: 'urban', line: '10' }), at: '2015-10-13T00:00:00Z' };
    expect(reasonsOf([rideBus('08:00'), again])).toEqual([['tap-001', 'duplicate']]);
  });

  test.each([
    ['a second later', rideBus('08:00:01')],
    ['on another line', rideBus('08:00', { line: '11', region: 'urban' })],
    ['of another service', tapOf('taxi', 'single', '08:00', { line: '10', region: 'urban' })],
  ])('is none %s', (_, tap) => {
    expect(reasonsOf([rideBus('08:00'), tap])).toEqual([]);
  });

  test('of an entry is a duplicate and not a passback', () => {
    expect(reasonsOf([enter('鼓楼', '08:00'), enter('鼓楼', '08:00'), enter('鼓楼', '08:01')])).toEqual([
      ['tap-001', 'duplicate'],
      ['tap-002', 'passback'],
    ]);
  });

  test('of a card that is lost is refused for the card', () => {
    expect(reasonsOf([rideBus('08:00'), rideBus('08:00')], withStates(['lost', '08:00']))).toEqual([
      ['tap-000', 'card-lost'],
      ['tap-001', 'card-lost'],
    ]);
  });
});

test.each([
  ['metro', enter('鼓楼', '08:00')],
  ['bus', rideBus('08:00')],
  ['taxi', tapOf('taxi', 'single', '08:00', { distanceM: 1000 })],
  ['bicycle', tapOf('bicycle', 'start', '08:00')],
  ['parking', tapOf('parking', 'start', '08:00', { zone: '1' })],
])('%s is refused by a tariff that does not know it', (_, tap) => {
  const tariff = { id: 'empty', name: 'empty', serviceDayBegins: '03:00', caps: [] };
  expect(price([tap], { tariff })).toEqual({
    journeys: [],
    refused: [{ tapId: 'tap-000', reason: 'unknown-service' }],
  });
});

test('a parking zone that the tariff does not know is refused', () => {
  const taps = [tapOf('parking', 'start', '08:00', { zone: '9' }), tapOf('parking', 'end', '09:00')];
  expect(reasonsOf(taps).map(([, reason]) => reason)).toEqual(['unknown-place', 'unknown-place']);
});
