import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lastsOverDays,
  loadCampaigns,
  loadTariff,
  priceReach,
  pricingWindow,
} from '../../../src/gateway/fares/index.js';
import { at, type MadeTap, member, ningbo, numbered, price } from './price-taps.js';

/** Six weeks over the end of a month, most taps close to the change of a service day. */
const firstMs = Date.parse(at('2015-09-21 03:00'));
const instants = fc
  .record({ day: fc.nat({ max: 42 }), minutes: fc.oneof(fc.integer({ min: -75, max: 75 }), fc.nat({ max: 1439 })) })
  .map(({ day, minutes }) => new Date(firstMs + (day * 1440 + minutes) * 60_000).toISOString());

const kinds = fc.constantFrom(
  ...(['metro entry', 'metro exit', 'bus single', 'bus single', 'bus entry', 'bus exit', 'taxi single'] as const),
  ...(['bicycle start', 'bicycle end', 'parking start', 'parking end', 'retail single', 'cinema single'] as const),
);
const tap: fc.Arbitrary<MadeTap> = fc
  .record({
    kind: kinds,
    at: instants,
    station: fc.constantFrom('鼓楼', '高桥西'),
    amountFen: fc.constantFrom(3500, 12_345),
  })
  .map(({ kind, station, ...rest }) => {
    const [service, event] = kind.split(' ') as [MadeTap['service'], MadeTap['event']];
    return { ...rest, service, event, place: { station, region: 'urban', zone: '1', merchant: 'wanda' } };
  });

const cap = (service: string, per: string) => ({ service, per, atMostFen: 700, sponsor: 'operator' });
const quota = (service: string, per: string) => ({
  id: `${service}-${per}`,
  name: `${service} once a ${per}`,
  service,
  from: '2015-09-01',
  to: '2015-12-31',
  benefit: { kind: 'rate', basisPoints: 5000 },
  quota: { times: 1, per },
  sponsor: 'union',
});
const circumstances = fc
  .record({
    caps: fc.subarray([cap('metro', 'day'), cap('bus', 'month'), cap('metro', 'month'), cap('bus', 'day')]),
    quotas: fc.subarray(['bus day', 'metro week', 'bus week', 'metro month', 'bus campaign', 'cinema week']),
  })
  .map(({ caps, quotas }) => ({
    tariff: loadTariff({ ...ningbo, caps }),
    campaigns: loadCampaigns({
      id: 'quotas',
      campaigns: quotas.map((each) => quota(...(each.split(' ') as [string, string]))),
    }),
  }));

test('what lies outside the window of a tap changes no price inside, and the other way round', () => {
  const isClosed = (serviceDay: string) => serviceDay < '2015-10-20';
  fc.assert(
    fc.property(fc.array(tap, { minLength: 1, maxLength: 60 }), circumstances, (made, { tariff, campaigns }) => {
      const taps = numbered(made);
      const options = { tariff, campaigns, card: member, isClosed };
      const whole = price(taps, options);
      // What goes over edges is held to the books: test/gateway/intake/price-spans.test.ts.
      const endsWithin = (service: MadeTap['service']) =>
        !lastsOverDays(service) && priceReach(tariff, campaigns, service).carried.length === 0;
      for (const asked of taps.filter(({ service }) => endsWithin(service))) {
        const { from, to } = pricingWindow(tariff, campaigns, asked);
        const isInside = (instant: string) =>
          Date.parse(from) <= Date.parse(instant) && Date.parse(instant) < Date.parse(to);
        const inside = taps.filter(({ service, at: instant }) => service === asked.service && isInside(instant));
        expect(inside).toContain(asked);
        const part = price(inside, options);
        expect(part.journeys).toEqual(
          whole.journeys.filter(({ service, startedAt }) => service === asked.service && isInside(startedAt)),
        );
        const ids = new Set(inside.map(({ id }) => id));
        expect(part.refused).toEqual(whole.refused.filter(({ tapId }) => ids.has(tapId)));
      }
    }),
    { numRuns: 300 },
  );
});

describe('the window', () => {
  const tariff = loadTariff('ningbo-2015');
  const campaigns = loadCampaigns(['ningbo-2015', 'ningbo-2016']);
  const windowOf = (service: MadeTap['service'], instant: string) =>
    pricingWindow(tariff, campaigns, { service, at: at(instant) });

  test('of a ride is its service day', () => {
    const day = { from: '2015-12-31T03:00:00+08:00', to: '2016-01-01T03:00:00+08:00' };
    for (const service of ['metro', 'bus'] as const) {
      expect(windowOf(service, '2015-12-31 03:00')).toEqual(day);
      expect(windowOf(service, '2016-01-01 02:59')).toEqual(day);
    }
  });

  test('of a weekly benefit goes from Monday to Sunday, of a monthly cap over the month', () => {
    expect(windowOf('cinema', '2015-10-04 20:00')).toEqual({
      from: '2015-09-28T03:00:00+08:00',
      to: '2015-10-05T03:00:00+08:00',
    });
    const capped = loadTariff({ ...ningbo, caps: [cap('metro', 'month')] });
    expect(pricingWindow(capped, campaigns, { service: 'metro', at: at('2016-02-10 08:00') })).toEqual({
      from: '2016-02-01T03:00:00+08:00',
      to: '2016-03-01T03:00:00+08:00',
    });
  });

  test('of stays, and of a benefit once in a campaign, is a day: the rest is carried into it', () => {
    for (const service of ['bicycle', 'parking', 'retail'] as const) {
      expect(windowOf(service, '2015-10-03 08:00')).toEqual({
        from: '2015-10-03T03:00:00+08:00',
        to: '2015-10-04T03:00:00+08:00',
      });
    }
    expect(priceReach(tariff, campaigns, 'retail').carried).toEqual([
      { id: 'sanjiang-2015', per: 'campaign', times: 1, from: '2015-10-01' },
    ]);
  });

  test('of weeks and months is a month, into which the uses of a week are carried', () => {
    const capped = loadTariff({ ...ningbo, caps: [cap('cinema', 'month')] });
    const weekly = loadCampaigns({ id: 'weekly', campaigns: [quota('cinema', 'week')] });
    expect(priceReach(capped, weekly, 'cinema')).toMatchObject({ unit: 'month', carried: [{ per: 'week', times: 1 }] });
  });
});
