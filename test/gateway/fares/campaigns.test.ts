import { describe, expect, test } from 'vitest';
import { type FareCard, loadCampaigns } from '../../../src/gateway/fares/index.js';
import {
  at,
  buy,
  campaigns2015,
  campaigns2016,
  type MadeTap,
  member,
  netOf,
  price,
  rideBus,
  rulesOf,
  tapOf,
  watchFilm,
} from './price-taps.js';

/** A campaign of one's own: what is not said is bus, the year 2015, for everybody. */
const campaign = (id: string, fields: Record<string, unknown>) => ({
  id,
  name: id,
  service: 'bus',
  from: '2015-01-01',
  to: '2015-12-31',
  sponsor: `sponsor of ${id}`,
  ...fields,
});

const setOf = (...campaigns: Record<string, unknown>[]) => loadCampaigns({ id: 'made', campaigns });

const rate = (basisPoints: number) => ({ benefit: { kind: 'rate', basisPoints } });
const amountOff = (thresholdFen: number, offFen: number, atMostFen: number) => ({
  benefit: { kind: 'amount-off', thresholdFen, offFen, atMostFen },
});

const certified = (year: number, instant: string, by: 'self' | 'officer' = 'self'): FareCard => ({
  ...member,
  certifications: [{ year, at: at(instant), by }],
});

describe('the days of a campaign', () => {
  test.each([
    ['2015-08-26 02:59:59', ['campaign-not-started']],
    ['2015-08-26 03:00:00', ['member-rate']],
    ['2016-01-01 02:59:59', ['member-rate']],
    ['2016-01-01 03:00:00', ['campaign-ended', 'not-certified']],
  ])('begin and end with the service day: %s', (time, rules) => {
    expect(rulesOf(price([rideBus(time)], { campaigns: campaigns2015, card: member }))).toEqual([rules]);
  });

  test('begin at the hour of the tariff', () => {
    const { tariff } = {
      tariff: { id: 'early', name: 'early', serviceDayBegins: '00:00', caps: [], bus: { fareFen: 200 } },
    };
    const taps = [rideBus('2015-08-25 23:59:59'), rideBus('2015-08-26 00:00:00')];
    const priced = price(taps, { tariff, campaigns: campaigns2015, card: member });
    expect(rulesOf(priced)).toEqual([['campaign-not-started'], ['member-rate']]);
  });

  test('are those of the first tap: a journey begun on the last day is reduced', () => {
    const metro = [
      tapOf('metro', 'entry', '2016-01-01 02:30', { station: '鼓楼' }),
      tapOf('metro', 'exit', '2016-01-01 02:59', { station: '西门口' }),
    ];
    expect(netOf(price(metro, { campaigns: campaigns2015, card: member }))).toEqual([160]);
  });
});

describe('certification', () => {
  const on2016 = (card: FareCard, time = '2016-02-01 10:00:00') =>
    rulesOf(price([rideBus(time)], { campaigns: campaigns2016, card }));

  test.each(['self', 'officer'] as const)('by %s counts from its very second', (by) => {
    expect(on2016(certified(2016, '2016-02-01 09:59:59', by))).toEqual([['member-rate']]);
    expect(on2016(certified(2016, '2016-02-01 10:00:00', by))).toEqual([['member-rate']]);
    expect(on2016(certified(2016, '2016-02-01 10:00:01', by))).toEqual([['not-certified']]);
  });

  test('counts for its year only, and the year is that of the service day', () => {
    expect(on2016(certified(2015, '2015-12-01 00:00'))).toEqual([['not-certified']]);
    expect(on2016(certified(2017, '2016-01-15 00:00'))).toEqual([['not-certified']]);
    const card = certified(2016, '2016-01-01 00:00');
    expect(on2016(card, '2017-01-01 02:59:59')).toEqual([['member-rate']]);
    expect(on2016(card, '2017-01-01 03:00:00')).toEqual([['campaign-ended', 'not-certified']]);
  });

  test('is not asked of a year before the rule, and means nothing without membership', () => {
    expect(rulesOf(price([rideBus('08:00')], { campaigns: campaigns2015, card: member }))).toEqual([['member-rate']]);
    expect(on2016({ ...certified(2016, '2016-01-02 00:00'), member: false })).toEqual([['not-a-member']]);
  });
});

test('every reason against a campaign is told, not only the first', () => {
  const campaigns = setOf(
    campaign('picky', {
      from: '2014-01-01',
      to: '2014-12-31',
      membership: {},
      regions: ['urban'],
      days: { weekdays: ['sunday'] },
      ...amountOff(300, 100, 100),
    }),
  );
  const { journeys } = price([rideBus('08:00', { region: 'cixi' })], { campaigns });
  expect(journeys[0]?.rules).toEqual([
    'campaign-ended',
    'not-a-member',
    'outside-region',
    'not-on-this-day',
    'below-threshold',
  ]);
  expect(journeys[0]?.steps.every(({ rule, campaign: of }) => rule === 'fare' || of === 'picky')).toBe(true);
});

describe('an amount off', () => {
  const spend = (amountFen: number, time = '2015-10-01 10:00') =>
    price([buy('sanjiang', time, amountFen)], { campaigns: campaigns2015, card: member });

  test.each([
    [9999, 9999, ['below-threshold']],
    [10_000, 8000, ['amount-off']],
    [19_999, 17_999, ['amount-off']],
    [20_000, 18_000, ['cap', 'amount-off']],
    [100_000, 98_000, ['cap', 'amount-off']],
  ])('of %i fen at Sanjiang leaves %i', (amountFen, netFen, rules) => {
    expect(netOf(spend(amountFen))).toEqual([netFen]);
    expect(rulesOf(spend(amountFen))).toEqual([rules]);
  });

  test('is had once in the whole campaign, by the first purchase that reaches the threshold', () => {
    const spent = [buy('sanjiang', '2015-10-01 10:00', 9999), buy('sanjiang', '2015-10-01 11:00', 10_000)];
    const later = [buy('sanjiang', '2015-10-01 12:00', 10_000), buy('sanjiang', '2015-10-07 12:00', 20_000)];
    const priced = price([...spent, ...later], { campaigns: campaigns2015, card: member });
    expect(rulesOf(priced)).toEqual([['below-threshold'], ['amount-off'], ['quota-used'], ['quota-used']]);
  });

  test.each([
    [4999, 0],
    [5000, 300],
    [9999, 300],
    [10_000, 600],
    [15_000, 800],
    [50_000, 800],
  ])('for each threshold reached and up to a cap: %i fen, %i off', (amountFen, discountFen) => {
    const campaigns = setOf(campaign('again', { service: 'retail', ...amountOff(5000, 300, 800) }));
    expect(price([buy('anywhere', '10:00', amountFen)], { campaigns }).journeys[0]).toMatchObject({ discountFen });
  });

  test('is never more than was spent', () => {
    const campaigns = setOf(campaign('generous', { service: 'retail', ...amountOff(100, 500, 500) }));
    expect(netOf(price([buy('anywhere', '10:00', 150)], { campaigns }))).toEqual([0]);
  });

  test('at Sanjiang is had once in the whole campaign, by a purchase that reaches the threshold', () => {
    const taps = [9000, 10_000, 20_000].map((amountFen, day) =>
      buy('sanjiang', `2015-10-0${day + 1} 10:00`, amountFen),
    );
    const priced = price(taps, { campaigns: campaigns2015, card: member });
    expect(netOf(priced)).toEqual([9000, 8000, 20_000]);
    expect(rulesOf(priced)).toEqual([['below-threshold'], ['amount-off'], ['quota-used']]);
  });

  test('holds at its merchant on its days', () => {
    expect(rulesOf(spend(10_000, '2015-10-01 02:59:59'))).toEqual([['campaign-not-started']]);
    expect(rulesOf(spend(10_000, '2015-10-01 03:00:00'))).toEqual([['amount-off']]);
    expect(rulesOf(spend(10_000, '2015-10-08 02:59:59'))).toEqual([['amount-off']]);
    expect(rulesOf(spend(10_000, '2015-10-08 03:00:00'))).toEqual([['campaign-ended']]);
    const elsewhere = price([buy('wanda', '2015-10-01 10:00', 10_000)], { campaigns: campaigns2015, card: member });
    expect(rulesOf(elsewhere)).toEqual([['no-campaign']]);
  });
});

describe('a fixed price', () => {
  const films = (...taps: MadeTap[]) => netOf(price(taps, { campaigns: campaigns2015, card: member }));

  test('holds once a week, Monday 03:00 to Monday 03:00, over all cinemas', () => {
    expect(films(watchFilm('2015-10-12 20:00'), watchFilm('2015-10-18 20:00', 4000, 'yingdu'))).toEqual([100, 4000]);
    expect(films(watchFilm('2015-10-12 02:59:59'), watchFilm('2015-10-12 03:00:00'))).toEqual([100, 100]);
    const { journeys } = price([watchFilm('2015-10-12 20:00'), watchFilm('2015-10-13 20:00')], {
      campaigns: campaigns2015,
      card: member,
    });
    expect(journeys.map(({ rules }) => rules)).toEqual([['fixed-price'], ['quota-used']]);
  });

  test('holds once more on each public holiday, which leaves the week as it was', () => {
    expect(
      films(
        watchFilm('2015-09-28 20:00'),
        watchFilm('2015-09-30 20:00'),
        watchFilm('2015-10-01 15:00'),
        watchFilm('2015-10-01 20:00'),
        watchFilm('2015-10-02 15:00'),
        watchFilm('2015-10-05 15:00'),
        watchFilm('2015-10-08 15:00'),
      ),
    ).toEqual([100, 3500, 100, 3500, 100, 100, 100]);
  });

  test('takes nothing off what costs less, and then does not count as used', () => {
    expect(films(watchFilm('2015-10-12 18:00', 50), watchFilm('2015-10-12 20:00'))).toEqual([50, 100]);
  });

  test.each([
    ['day', ['2015-10-13 10:00', '2015-10-14 02:59:59', '2015-10-14 03:00'], [100, 3500, 100]],
    ['month', ['2015-10-31 10:00', '2015-11-01 02:59:59', '2015-11-01 03:00'], [100, 3500, 100]],
    ['campaign', ['2015-01-31 10:00', '2015-11-01 02:59:59', '2015-11-02 03:00'], [100, 3500, 3500]],
  ])('may be counted by %s', (per, times, nets) => {
    const benefit = { kind: 'fixed-price', priceFen: 100 };
    const campaigns = setOf(campaign('film', { service: 'cinema', benefit, quota: { times: 1, per } }));
    expect(
      netOf(
        price(
          times.map((time) => watchFilm(time)),
          { campaigns },
        ),
      ),
    ).toEqual(nets);
  });

  test('may be had several times', () => {
    const benefit = { kind: 'fixed-price', priceFen: 100 };
    const campaigns = setOf(campaign('film', { service: 'cinema', benefit, quota: { times: 2, per: 'day' } }));
    const taps = ['10:00', '12:00', '14:00'].map((time) => watchFilm(time));
    expect(netOf(price(taps, { campaigns }))).toEqual([100, 100, 3500]);
  });
});

describe('days on which a campaign holds', () => {
  const campaigns = loadCampaigns({
    id: 'made',
    holidays: ['2015-10-01'],
    campaigns: [campaign('weekend', { days: { weekdays: ['saturday', 'sunday'], holidays: true }, ...rate(5000) })],
  });
  test.each([
    ['2015-10-01 08:00', 'member-rate'],
    ['2015-10-02 08:00', 'not-on-this-day'],
    ['2015-10-03 02:59:59', 'not-on-this-day'],
    ['2015-10-03 03:00', 'member-rate'],
    ['2015-10-05 02:59:59', 'member-rate'],
    ['2015-10-05 03:00', 'not-on-this-day'],
  ])('%s: %s', (time, rule) => {
    expect(rulesOf(price([rideBus(time)], { campaigns }))).toEqual([[rule]]);
  });
});

describe('of several campaigns', () => {
  const [less, more] = [campaign('less', rate(9000)), campaign('more', rate(5000))];

  test.each([
    ['first', [more, less]],
    ['last', [less, more]],
  ])('the best counts where it comes %s, and of the other is said why not', (_, list) => {
    const [journey] = price([rideBus('08:00')], { campaigns: setOf(...list) }).journeys;
    expect(journey).toMatchObject({
      netFen: 100,
      rules: ['better-campaign', 'member-rate'],
      funding: [{ sponsor: 'sponsor of more', amountFen: 100 }],
    });
    expect(journey?.steps.map(({ campaign: of }) => of)).toEqual([undefined, 'less', 'more']);
  });

  test('one that does not hold makes room for a lesser one', () => {
    const campaigns = setOf(less, { ...more, to: '2015-02-01' });
    expect(price([rideBus('08:00')], { campaigns }).journeys[0]).toMatchObject({
      netFen: 180,
      rules: ['campaign-ended', 'member-rate'],
    });
  });

  test('one whose quota is used makes room, and the lesser one uses up nothing of it', () => {
    const campaigns = setOf(less, { ...more, quota: { times: 1, per: 'day' } });
    const taps = [rideBus('08:00'), rideBus('12:00'), rideBus('2015-10-14 12:00')];
    expect(netOf(price(taps, { campaigns }))).toEqual([100, 180, 100]);
  });

  test('a line of its own concerns no other line', () => {
    const campaigns = setOf({ ...more, lines: ['10'] });
    const taps = [rideBus('08:00', { line: '10' }), rideBus('12:00', { line: '11' }), rideBus('16:00', {})];
    expect(rulesOf(price(taps, { campaigns }))).toEqual([['member-rate'], ['no-campaign'], ['no-campaign']]);
  });

  test('two sets together give the best of both, with the holidays of both', () => {
    const both = loadCampaigns(['ningbo-2015', 'ningbo-2016']);
    expect(both.id).toBe('ningbo-2015+ningbo-2016');
    expect(both.holidays).toEqual(campaigns2015.holidays);
    const card = certified(2016, '2016-01-02 09:00');
    const taps = [rideBus('2015-10-13 08:00'), rideBus('2016-01-01 10:00'), rideBus('2016-01-02 10:00')];
    expect(netOf(price(taps, { campaigns: both, card }))).toEqual([120, 200, 120]);
  });

  test('of one name in two sets are told apart by the set, in every step and in both languages', () => {
    const both = loadCampaigns(['ningbo-2015', 'ningbo-2016']);
    const { steps } = price([rideBus('2016-01-05 08:05')], { campaigns: both, card: member }).journeys[0]!;
    expect(steps.slice(1).map(({ rule, text }) => [rule, text.split(':')[0]])).toEqual([
      ['campaign-ended', 'bus at 60% (ningbo-2015)'],
      ['not-certified', 'bus at 60% (ningbo-2015)'],
      ['not-certified', 'bus at 60% (ningbo-2016)'],
    ]);
    for (const said of ['text', 'textZh'] as const) expect(new Set(steps.map((step) => step[said])).size).toBe(4);
    expect(both.campaigns.find(({ id }) => id === 'cinema-2015')?.name).toBe('cinema for 1 yuan');
  });
});

describe('a cap', () => {
  const capped = (...caps: [string, string, number][]) => ({
    id: 'capped',
    name: 'capped',
    serviceDayBegins: '03:00',
    bus: { fareFen: 200 },
    caps: caps.map(([service, per, atMostFen]) => ({ service, per, atMostFen, sponsor: `${per} cap` }) as never),
  });
  const rides = ['08:00', '12:00', '16:00', '20:00', '2015-10-14 08:00'].map((time) => rideBus(time));

  test('leaves no more to pay a day', () => {
    const { journeys } = price(rides, { tariff: capped(['bus', 'day', 500]) });
    expect(journeys.map(({ netFen }) => netFen)).toEqual([200, 200, 100, 0, 200]);
    expect(journeys[2]).toMatchObject({
      discountFen: 100,
      rules: ['no-campaign', 'cap'],
      funding: [{ sponsor: 'day cap', amountFen: 100 }],
    });
  });

  test('of a month goes on after that of a day, each funded by its own', () => {
    const { journeys } = price(rides, { tariff: capped(['bus', 'day', 500], ['bus', 'month', 550]) });
    expect(journeys.map(({ netFen }) => netFen)).toEqual([200, 200, 100, 0, 50]);
    expect(journeys[4]?.funding).toEqual([{ sponsor: 'month cap', amountFen: 150 }]);
  });

  test('counts what was paid, not what it would have cost', () => {
    const campaigns = setOf(campaign('half', rate(5000)));
    expect(netOf(price(rides, { tariff: capped(['bus', 'day', 350]), campaigns }))).toEqual([100, 100, 100, 50, 100]);
  });

  test('of another service is none', () => {
    expect(netOf(price(rides, { tariff: capped(['metro', 'day', 0]) }))).toEqual([200, 200, 200, 200, 200]);
  });
});

test('a step that changes nothing changes it by 0', () => {
  const campaigns = setOf(campaign('full', rate(10_000)));
  const taps = [rideBus('08:00', { fareFen: 0 }), rideBus('08:30', { fareFen: 0 })];
  for (const { steps } of price(taps, { campaigns }).journeys) {
    for (const { amountFen } of steps) expect(amountFen).toBe(0);
  }
});

test('a rate that leaves a part of a fen says how it was rounded', () => {
  const campaigns = setOf(campaign('third', rate(6667)));
  const { journeys } = price([rideBus('08:00', { line: '10', fareFen: 333 })], { campaigns });
  expect(journeys[0]?.steps.map(({ text }) => text)).toEqual([
    'bus line 10: 3.33 yuan',
    'third: the member pays 66.67%, 1.11 yuan off, funded by sponsor of third',
    '66.67% of 3.33 yuan is 2.220111, rounded half up to the fen: 2.22 yuan',
  ]);
  const [half] = price([rideBus('08:00', { fareFen: 5 })], { campaigns: setOf(campaign('half', rate(5000))) }).journeys;
  expect(half).toMatchObject({ netFen: 3, discountFen: 2 });
});
