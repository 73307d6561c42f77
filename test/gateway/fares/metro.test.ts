import { describe, expect, test } from 'vitest';
import { loadTariff, type Tariff } from '../../../src/gateway/fares/index.js';
import { enter, leave, netOf, ningbo, price, rulesOf, tapOf } from './price-taps.js';

const stations = ningbo.metro?.lines.flatMap((line) => line.stations.map(({ station }) => station)) ?? [];
const highestFen = 600;

/** The bands of Ningbo over lines of one's own; a line is its stations and where they lie. */
const withLines = (lines: Record<string, Record<string, number>>): Tariff =>
  loadTariff({
    ...ningbo,
    metro: {
      ...ningbo.metro,
      lines: Object.entries(lines).map(([line, positions]) => ({
        line,
        stations: Object.entries(positions).map(([station, positionM]) => ({ station, positionM })),
      })),
    },
  });

const fareBetween = (from: string, to: string, tariff: Tariff = ningbo): number | undefined =>
  price([enter(from, '08:00'), leave(to, '08:30')], { tariff }).journeys[0]?.fareFen;

describe('a fare by distance', () => {
  test.each([
    [1, 200],
    [4000, 200],
    [4001, 300],
    [8000, 300],
    [8001, 400],
    [13_000, 400],
    [13_001, 500],
    [20_000, 500],
    [20_001, 600],
    [29_000, 600],
    [29_001, 700],
    [38_000, 700],
    [38_001, 800],
    [47_000, 800],
    [47_001, 900],
  ])('%i metres cost %i fen', (metres, fareFen) => {
    const tariff = withLines({ A: { near: 0, far: metres } });
    expect(fareBetween('near', 'far', tariff)).toBe(fareFen);
    expect(fareBetween('far', 'near', tariff)).toBe(fareFen);
  });

  test('the published check value: 高桥西 → 鄞州大道 is 6 yuan, over both lines', () => {
    expect(fareBetween('高桥西', '鄞州大道')).toBe(600);
  });

  test('between no two stations is a fare above 6 yuan, and some pair reaches it; both ways cost the same', () => {
    const fares = new Set<number | undefined>();
    for (const from of stations) {
      for (const to of stations) {
        const fare = fareBetween(from, to);
        expect(fareBetween(to, from), `${to} → ${from}`).toBe(fare);
        fares.add(fare);
      }
    }
    expect([...fares].sort()).toEqual([200, 300, 400, 500, 600]);
  });

  test('the shorter of two ways counts, whichever lines it takes', () => {
    const tariff = withLines({
      outer: { north: 0, east: 15_000, south: 30_000 },
      inner: { north: 0, centre: 2000, south: 4000 },
    });
    expect(fareBetween('north', 'south', tariff)).toBe(200);
    expect(fareBetween('east', 'centre', tariff)).toBe(500);
  });

  test.each([
    ['first', ['express', 'slow']],
    ['last', ['slow', 'express']],
  ])('of two lines between the same stations the shorter counts, told %s', (_, order) => {
    const metres: Record<string, number> = { express: 3000, slow: 5000 };
    const tariff = withLines(Object.fromEntries(order.map((line) => [line, { north: 0, south: metres[line]! }])));
    expect(fareBetween('north', 'south', tariff)).toBe(200);
  });

  test('who leaves where they entered pays the lowest fare', () => {
    expect(fareBetween('鼓楼', '鼓楼')).toBe(200);
  });
});

describe('a stay in the paid area', () => {
  const stay = (until: string) => price([enter('鼓楼', '08:00'), leave('西门口', until)]);

  test('of 120:00 minutes is no overstay', () => {
    expect(netOf(stay('10:00:00'))).toEqual([200]);
    expect(rulesOf(stay('10:00:00'))).toEqual([['no-campaign']]);
  });

  test('of 120:01 minutes costs the highest fare from the exit station', () => {
    expect(netOf(stay('10:00:01'))).toEqual([500]);
    expect(rulesOf(stay('10:00:01'))).toEqual([['overstay', 'no-campaign']]);
    expect(netOf(price([enter('西门口', '08:00'), leave('清水浦', '10:00:01')]))).toEqual([highestFen]);
  });
});

describe('a tap that stands alone', () => {
  test.each([
    ['entry', enter('高桥西', '08:00')],
    ['exit', leave('高桥西', '08:00')],
  ])('an %s waits while the day is open and costs the highest fare once it is closed', (_, tap) => {
    const [open] = price([tap], { isClosed: () => false }).journeys;
    expect(open).toMatchObject({ status: 'open', fareFen: 0, netFen: 0, rules: [], steps: [] });
    const [closed] = price([tap]).journeys;
    expect(closed).toMatchObject({
      status: 'incomplete',
      fareFen: highestFen,
      rules: ['incomplete-journey', 'no-campaign'],
    });
    expect(closed?.endedAt).toBeUndefined();
  });

  test('an entry after an entry: the exit of the first was missed', () => {
    const { journeys } = price([enter('鼓楼', '08:00'), enter('西门口', '08:20'), leave('鼓楼', '08:30')]);
    expect(journeys.map(({ status, tapIds }) => [status, tapIds.length])).toEqual([
      ['incomplete', 1],
      ['complete', 2],
    ]);
  });

  test('an exit after an exit: the entry of the second was missed', () => {
    const { journeys } = price([enter('鼓楼', '08:00'), leave('西门口', '08:20'), leave('鼓楼', '09:30')]);
    expect(journeys.map(({ status }) => status)).toEqual(['complete', 'incomplete']);
  });

  test('an entry does not wait for an exit of the next service day, which begins at 03:00', () => {
    const night = price([enter('鼓楼', '2015-10-13 23:50'), leave('西门口', '2015-10-14 00:20')]);
    expect(night.journeys.map(({ status, serviceDay }) => [status, serviceDay])).toEqual([['complete', '2015-10-13']]);
    const morning = price([enter('鼓楼', '2015-10-14 02:59:59'), leave('西门口', '2015-10-14 03:00')]);
    expect(morning.journeys.map(({ status, serviceDay }) => [status, serviceDay])).toEqual([
      ['incomplete', '2015-10-13'],
      ['incomplete', '2015-10-14'],
    ]);
  });

  test('only days that are closed wait no longer', () => {
    const taps = [enter('鼓楼', '2015-10-13 08:00'), enter('鼓楼', '2015-10-14 08:00')];
    const { journeys } = price(taps, { isClosed: (serviceDay) => serviceDay === '2015-10-13' });
    expect(journeys.map(({ status }) => status)).toEqual(['incomplete', 'open']);
  });
});

test.each([
  ['in order', [0, 1, 2, 3]],
  ['the other way round', [3, 2, 1, 0]],
])('who leaves and enters again in one second was on the way before: %s', (_, order) => {
  const taps = [enter('鼓楼', '08:00'), leave('西门口', '08:30'), enter('西门口', '08:30'), leave('大卿桥', '08:50')];
  const { journeys } = price(order.map((index) => taps[index]!));
  expect(journeys.map(({ status, netFen }) => [status, netFen])).toEqual([
    ['complete', 200],
    ['complete', 200],
  ]);
});

test('a half of a journey waits for the other while its day is open, whatever came after', () => {
  const taps = [enter('鼓楼', '08:00'), enter('西门口', '08:20'), leave('鼓楼', '08:30'), leave('西门口', '08:40')];
  const { journeys } = price(taps, { isClosed: () => false });
  expect(journeys.map(({ status, netFen }) => [status, netFen])).toEqual([
    ['open', 0],
    ['complete', 200],
    ['open', 0],
  ]);
});

describe('a tap that is neither entry nor exit', () => {
  const neither = (station: string, time: string) => tapOf('metro', 'single', time, { station });

  test('is refused where the tariff does not say how fast a ride is', () => {
    const { pairing: _, ...metro } = ningbo.metro!;
    const taps = [enter('鼓楼', '08:00'), neither('鼓楼', '08:10'), leave('西门口', '08:30')];
    const { journeys, refused } = price(taps, { tariff: loadTariff({ ...ningbo, metro }) });
    expect(refused).toEqual([{ tapId: 'tap-001', reason: 'unknown-service' }]);
    expect(journeys).toMatchObject([{ status: 'complete', netFen: 200 }]);
  });

  test('ends the entry that waits, and is one where none does', () => {
    expect(price([enter('鼓楼', '08:00'), neither('西门口', '08:10')]).journeys).toMatchObject([
      { status: 'complete' },
    ]);
    expect(price([neither('鼓楼', '08:00'), leave('西门口', '08:10')]).journeys).toMatchObject([
      { status: 'complete' },
    ]);
  });

  test('is the same tap again where the entry was, soon after it', () => {
    const { journeys, refused } = price([enter('鼓楼', '08:00'), neither('鼓楼', '08:10'), leave('西门口', '08:30')]);
    expect(refused).toEqual([{ tapId: 'tap-001', reason: 'passback' }]);
    expect(journeys).toMatchObject([{ status: 'complete', netFen: 200 }]);
  });
});

describe('two entries, or two exits, a ride apart by place and time', () => {
  test.each([
    ['entries', enter],
    ['exits', leave],
  ])('%s wait while the day is open, and are a ride once it is closed', (_, tap) => {
    const taps = [tap('栎社国际机场', '08:00'), tap('客运中心', '08:25')];
    expect(price(taps, { isClosed: () => false }).journeys.map(({ status }) => status)).toEqual(['open', 'open']);
    expect(price(taps).journeys).toMatchObject([{ status: 'complete', rules: ['by-place-and-time', 'no-campaign'] }]);
  });

  test('are two when the tap that was missing comes', () => {
    const taps = [enter('栎社国际机场', '08:00'), enter('客运中心', '08:25'), leave('栎社', '08:05')];
    expect(price(taps).journeys.map(({ status }) => status)).toEqual(['complete', 'incomplete']);
  });

  test('of three the first two are a ride', () => {
    const taps = [enter('栎社国际机场', '08:00'), enter('客运中心', '08:25'), enter('栎社国际机场', '08:50')];
    expect(price(taps).journeys.map(({ status }) => status)).toEqual(['complete', 'incomplete']);
  });
});

describe('passback', () => {
  test.each([
    ['entry', enter],
    ['exit', leave],
  ])('a second %s at the same station within the hour is refused', (_, tap) => {
    const { journeys, refused } = price([tap('鼓楼', '08:00'), tap('鼓楼', '08:59:59')]);
    expect(refused).toEqual([{ tapId: 'tap-001', reason: 'passback' }]);
    expect(journeys.map(({ id }) => id)).toEqual(['tap-000']);
  });

  test('after an hour, at another station or the other way it is a journey', () => {
    expect(price([enter('鼓楼', '08:00'), enter('鼓楼', '09:00')]).refused).toEqual([]);
    expect(price([enter('鼓楼', '08:00'), enter('西门口', '08:02')]).refused).toEqual([]);
    expect(price([enter('鼓楼', '08:00'), leave('鼓楼', '08:02'), enter('鼓楼', '08:03')]).refused).toEqual([]);
  });

  test('a card handed back leaves the journey as it was', () => {
    const { journeys } = price([enter('鼓楼', '08:00'), enter('鼓楼', '08:01'), leave('西门口', '08:20')]);
    expect(journeys).toMatchObject([{ status: 'complete', tapIds: ['tap-000', 'tap-002'], netFen: 200 }]);
  });
});

test('a tap at a station that the tariff does not know is refused', () => {
  const taps = [
    enter('鼓楼', '08:00'),
    tapOf('metro', 'exit', '08:10'),
    leave('Atlantis', '08:20'),
    leave('西门口', '08:30'),
  ];
  const { journeys, refused } = price(taps);
  expect(refused.map(({ reason }) => reason)).toEqual(['unknown-place', 'unknown-place']);
  expect(journeys).toMatchObject([{ status: 'complete', tapIds: ['tap-000', 'tap-003'] }]);
});
