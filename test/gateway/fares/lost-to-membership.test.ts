import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CampaignSet, type FareCard, lostToMembership, parseCampaigns } from '../../../src/gateway/fares/index.js';
import { membershipReasons, ningboPolicy } from '../../../src/gateway/membership/decide/index.js';
import { enter, leave, member, numbered, price, stranger } from './price-taps.js';

const campaigns: CampaignSet = parseCampaigns(`
id: trial
name: Trial
calendars: [china]
campaigns:
  - { id: plain, name: plain, service: metro, from: "2016-01-01", to: "2016-12-31", membership: { certifiedFrom: 2016 },
      benefit: { kind: rate, basisPoints: 8000 }, sponsor: union }
  - { id: rest, name: on days of rest, service: metro, from: "2016-01-01", to: "2016-12-31", membership: { certifiedFrom: 2016 },
      days: { restDays: true }, benefit: { kind: rate, basisPoints: 5000 }, sponsor: union }
  - { id: early, name: early, service: metro, from: "2016-01-01", to: "2016-12-31", membership: {},
      times: [{ from: "06:00", to: "08:00" }], benefit: { kind: fixed-price, priceFen: 100 }, sponsor: union }
  - { id: spring, name: in spring, service: metro, from: "2016-03-01", to: "2016-05-31", membership: { certifiedFrom: 2016 },
      benefit: { kind: rate, basisPoints: 7000 }, sponsor: union }
  - { id: elsewhere, name: elsewhere, service: metro, regions: [yuyao], from: "2016-01-01", to: "2016-12-31", membership: {},
      benefit: { kind: rate, basisPoints: 1000 }, sponsor: union }
  - { id: everybody, name: for everybody, service: metro, from: "2016-01-01", to: "2016-12-31",
      benefit: { kind: rate, basisPoints: 9900 }, sponsor: city }
`);

const certified = (year: number, at: string) => ({ ...member, certifications: [{ year, at, by: 'self' as const }] });

const card: fc.Arbitrary<FareCard> = fc.constantFrom(
  stranger,
  member,
  certified(2016, '2016-02-01T10:00:00+08:00'),
  certified(2016, '2016-05-01T07:30:00+08:00'),
  { ...member, memberships: [{ change: 'left' as const, from: '2016-03-15T00:00:00+08:00' }] },
);

const day = fc.constantFrom(
  '2015-12-31',
  '2016-01-01',
  '2016-02-29',
  '2016-03-15',
  '2016-05-01',
  '2016-05-02',
  '2016-12-31',
);
const clock = fc.constantFrom('05:59', '06:00', '07:30', '07:59', '08:00', '20:15');

const ofMembership: ReadonlySet<string> = new Set(membershipReasons);

test('what is told at the entry is what the price of the ride says of membership alone', () => {
  fc.assert(
    fc.property(card, day, clock, (of, date, time) => {
      const taps = [enter('鼓楼', `${date} ${time}`), leave('世纪大道', `${date} 23:00`)];
      const { journeys } = price(taps, { campaigns, card: of });
      const { serviceDay, steps } = journeys[0]!;
      const alone = steps.filter(({ campaign, rule }) => {
        const others = steps.filter((step) => step.campaign === campaign);
        return ofMembership.has(rule) && others.every((step) => ofMembership.has(step.rule));
      });
      const begun = { tap: numbered(taps)[0]!, serviceDay, policy: ningboPolicy() };
      expect(lostToMembership(campaigns, begun, of)).toEqual(alone);
    }),
  );
});
