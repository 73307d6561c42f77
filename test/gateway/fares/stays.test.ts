import { describe, expect, test } from 'vitest';
import { type FareTap, loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import { netOf, ningbo, price, rulesOf, tapOf } from './price-taps.js';

const stayOf = (service: FareTap['service'], place: FareTap['place'], from: string, to: string) =>
  price([tapOf(service, 'start', from, place), tapOf(service, 'end', to, place)]);

describe('a bicycle', () => {
  const ride = (to: string) => stayOf('bicycle', { dock: '鼓楼' }, '08:00', to);

  test.each([
    ['08:00:01', 0],
    ['09:00:00', 0],
    ['09:00:01', 100],
    ['10:00:00', 100],
    ['10:00:01', 300],
    ['11:00:00', 300],
    ['11:00:01', 600],
    ['12:00:00', 600],
    ['12:00:01', 900],
    ['2015-10-14 08:00', 300 + 21 * 300],
  ])('from 08:00 to %s costs %i fen', (to, netFen) => {
    expect(netOf(ride(to))).toEqual([netFen]);
    expect(rulesOf(ride(to))).toEqual([['first-part-free', 'no-campaign']]);
  });

  test('may be brought back to another dock', () => {
    const taps = [tapOf('bicycle', 'start', '08:00', { dock: 'A' }), tapOf('bicycle', 'end', '09:30', { dock: 'B' })];
    expect(netOf(price(taps))).toEqual([100]);
  });

  test('not brought back is open, whether or not the day is closed, and belongs to the day it was taken', () => {
    const { journeys } = price([tapOf('bicycle', 'start', '2015-10-14 02:59')]);
    expect(journeys).toMatchObject([{ status: 'open', netFen: 0, serviceDay: '2015-10-13' }]);
  });

  test('brought back on another service day belongs to the day it was taken', () => {
    const taps = [tapOf('bicycle', 'start', '2015-10-14 02:30'), tapOf('bicycle', 'end', '2015-10-14 03:30')];
    expect(price(taps).journeys).toMatchObject([{ status: 'complete', netFen: 0, serviceDay: '2015-10-13' }]);
  });

  test('taken twice, or brought back twice, is an incomplete journey of nothing', () => {
    const { journeys } = price([
      tapOf('bicycle', 'start', '08:00'),
      tapOf('bicycle', 'start', '09:00'),
      tapOf('bicycle', 'end', '10:30'),
      tapOf('bicycle', 'end', '11:00'),
    ]);
    expect(journeys.map(({ status, netFen }) => [status, netFen])).toEqual([
      ['incomplete', 0],
      ['complete', 100],
      ['incomplete', 0],
    ]);
  });
});

describe('a taxi', () => {
  test.each([
    [0, 1000],
    [3500, 1000],
    [3501, 1000],
    [3503, 1001],
    [4500, 1200],
    [10_000, 2300],
  ])('for %i metres costs %i fen', (distanceM, netFen) => {
    expect(netOf(price([tapOf('taxi', 'single', '08:00', { distanceM, waitingS: 600 })]))).toEqual([netFen]);
  });

  test('without a distance costs what its meter says', () => {
    expect(netOf(price([tapOf('taxi', 'single', '08:00', {}, 2750)]))).toEqual([2750]);
  });

  test('costs no more for free minutes though it would at a later hour', () => {
    const night = { from: '22:00', to: '05:00', perKilometreFen: 60 };
    const tariff = loadTariff({ ...ningbo, taxi: { ...ningbo.taxi, night } });
    const free = { id: 'free', name: 'free', service: 'taxi', from: '2015-01-01', to: '2015-12-31', sponsor: 'union' };
    const campaigns = loadCampaigns({
      id: 'made',
      campaigns: [{ ...free, benefit: { kind: 'first-part-free', minutes: 15 } }],
    });
    const taps = [tapOf('taxi', 'start', '21:50'), tapOf('taxi', 'end', '22:30', { distanceM: 10_000 })];
    const [journey] = price(taps, { tariff, campaigns }).journeys;
    expect(journey).toMatchObject({ fareFen: 2300, discountFen: 0, netFen: 2300, funding: [] });
    expect(journey?.steps.at(-1)).toMatchObject({ rule: 'first-part-free', amountFen: 0 });
  });
});

describe('a parking place', () => {
  test.each([
    ['1', '08:15:00', 0],
    ['1', '08:15:01', 300],
    ['1', '08:30:00', 300],
    ['1', '08:30:01', 600],
    ['1', '10:00:00', 1200],
    ['1', '10:00:01', 1600],
    ['2', '08:30:00', 0],
    ['2', '08:30:01', 500],
    ['2', '10:00:00', 1000],
    ['2', '10:00:01', 1300],
    ['3', '10:00:01', 1300],
  ])('in zone %s from 08:00 to %s costs %i fen', (zone, to, netFen) => {
    expect(netOf(stayOf('parking', { zone }, '08:00', to))).toEqual([netFen]);
  });

  test.each([
    ['07:30', '08:30', 600],
    ['07:29:59', '08:30', 850],
    ['19:00', '19:30:00', 300],
    ['19:00', '19:30:01', 550],
    ['20:00', '23:00', 250],
    ['2015-10-13 19:00', '2015-10-14 08:00', 300 + 300 + 250],
    ['2015-10-13 20:00', '2015-10-14 07:30', 250],
    ['2015-10-13 19:30', '2015-10-15 07:30', 4 * 300 + 20 * 400 + 250],
  ])('in zone 1 from %s to %s costs %i fen, the night once', (from, to, netFen) => {
    expect(netOf(stayOf('parking', { zone: '1' }, from, to))).toEqual([netFen]);
  });

  test('is free in its first part only for who leaves within it', () => {
    expect(rulesOf(stayOf('parking', { zone: '1' }, '08:00', '08:15'))).toEqual([['first-part-free', 'no-campaign']]);
    expect(rulesOf(stayOf('parking', { zone: '1' }, '08:00', '09:00'))).toEqual([['no-campaign']]);
  });
});

test('stays of two services do not end each other', () => {
  const { journeys } = price([
    tapOf('bicycle', 'start', '08:00'),
    tapOf('parking', 'start', '08:10', { zone: '1' }),
    tapOf('bicycle', 'end', '08:20'),
    tapOf('parking', 'end', '08:40', { zone: '1' }),
  ]);
  expect(journeys.map(({ service, tapIds }) => [service, ...tapIds])).toEqual([
    ['bicycle', 'tap-000', 'tap-002'],
    ['parking', 'tap-001', 'tap-003'],
  ]);
});

test('a tariff with fares of its own prices by them', () => {
  const tariff = loadTariff({ id: 'own', name: 'own', bicycle: { freeMinutes: 0, hoursFen: [], furtherHourFen: 50 } });
  const taps = [tapOf('bicycle', 'start', '08:00'), tapOf('bicycle', 'end', '10:00:01')];
  expect(netOf(price(taps, { tariff }))).toEqual([150]);
});
