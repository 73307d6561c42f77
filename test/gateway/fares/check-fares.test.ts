import { expect, test } from 'vitest';
import {
  boxedCampaigns,
  boxedTariffs,
  checkFareFiles,
  combineTariffs,
  diffFields,
  diffPrices,
  loadCampaigns,
  loadTariff,
  loadTariffs,
  tariffOn,
} from '../../../src/gateway/fares/index.js';
import { campaigns2015, member, ningbo, noCampaigns } from './price-taps.js';

const findings = (text: string) => checkFareFiles([{ file: 'mine.yaml', text }])[0]!.findings;

test('nothing in the box is wrong or hardly meant', () => {
  for (const text of [...Object.values(boxedTariffs), ...Object.values(boxedCampaigns)]) {
    expect(findings(text)).toEqual([]);
  }
});

test('all that is wrong is told at once, with line and column', () => {
  const wrong = Array.from({ length: 12 }, (_, index) => `field${index}: 1`).join('\n');
  const found = findings(`id: mine\nname: Mine\nbus:\n  fareFen: "2"\n${wrong}\n`);
  expect(found).toHaveLength(13);
  expect(found[0]).toMatchObject({ level: 'error', place: 'bus.fareFen', line: 4, column: 12 });
  expect(findings('id: [')[0]).toMatchObject({ level: 'error', line: 1 });
});

const campaign = (rows: string) =>
  `id: c\nholidays: ["2014-05-01"]\ncampaigns:\n  - id: a\n    name: a\n    service: bus\n    from: "2015-01-05"\n    to: "2015-01-09"\n    sponsor: x\n    benefit: { kind: rate, basisPoints: 5000 }\n${rows}`;

test.each([
  ['days: { weekdays: [sunday] }', 'none of its days is between its first and its last one'],
  ['days: { restDays: true }', 'none of its days'],
  ['generations: [pboc2]', 'only a PBOC 3.0 card can be tapped'],
  ['times: [{ from: "07:00", to: "07:00" }]', 'its times of day are empty'],
])('a campaign with %s never applies, and is told with its line', (row, why) => {
  const found = findings(campaign(`    ${row}\n`));
  expect(found).toMatchObject([
    { level: 'warning', code: 'campaign-never-applies', line: 4 },
    { level: 'warning', code: 'holiday-outside', line: 2, column: 12 },
  ]);
  expect(found[0]?.message).toContain(why);
});

test('a band that no journey reaches, and a cap of a service without fares', () => {
  const tariff = loadTariff({
    ...ningbo,
    bus: undefined,
    metro: {
      ...ningbo.metro,
      bands: [...ningbo.metro!.bands, { uptoM: 29_000, fareFen: 600 }, { uptoM: 90_000, fareFen: 900 }],
    },
    caps: [{ service: 'bus', per: 'day', atMostFen: 1, sponsor: 'x' }],
  });
  const codes = findings(JSON.stringify(tariff)).map(({ code, place }) => [code, place]);
  expect(codes).toEqual([
    ['band-unreachable', 'metro.bands.5'],
    ['cap-without-service', 'caps.0'],
  ]);
});

test('a tariff may be based on another file, and says so where there is none', () => {
  const base = {
    file: 'base.yaml',
    text: 'id: base\nname: Base\nbus: { fareFen: 150 }\ntaxi: { base: { fareFen: 8, uptoM: 1 }, perKilometreFen: 1 }\n',
  };
  const next = {
    file: 'next.yaml',
    text: 'id: next\nname: Next\nbasedOn: base\nfrom: "2016-01-01"\nbus: { fareFen: 200 }\ntaxi: null\n',
  };
  const [, checked] = checkFareFiles([base, next]);
  expect(checked?.tariff).toMatchObject({ id: 'next', bus: { fareFen: 200 } });
  expect(checked?.tariff?.taxi).toBeUndefined();
  expect(checkFareFiles([next])[0]?.findings).toMatchObject([{ place: 'basedOn', line: 3, level: 'error' }]);
});

test('of several versions that of the day holds, and two for one day are refused', () => {
  const set = loadTariffs('ningbo');
  const idOn = (day: string) => tariffOn(set, day)?.id;
  expect(
    ['2014-05-29', '2014-05-30', '2015-09-25', '2015-09-26', '2015-12-31', '2016-01-01', '2030-01-01'].map(idOn),
  ).toEqual([undefined, 'ningbo-2014', 'ningbo-2014', 'ningbo-2015', 'ningbo-2015', 'ningbo-2016', 'ningbo-2016']);
  const tariff = (from?: string, to?: string) => loadTariff({ id: `t${from}`, name: 't', from, to });
  expect(() => combineTariffs([tariff('2015-01-01'), tariff('2015-01-01')])).toThrow('begin on the same day');
  expect(() => combineTariffs([tariff(undefined, '2015-01-01'), tariff('2015-01-01')])).toThrow(
    'holds until 2015-01-01',
  );
  expect(() => combineTariffs([])).toThrow('at least one');
});

test('a difference is told by field and by the journeys that it makes dearer', () => {
  const dearer = loadTariff({ ...ningbo, bus: { ...ningbo.bus, fareFen: 300 } });
  expect(diffFields(ningbo, ningbo)).toEqual([]);
  expect(diffFields(ningbo, dearer)).toEqual([{ place: 'bus.fareFen', before: 200, after: 300 }]);
  const fares = (tariff: typeof ningbo) => ({ tariff, campaigns: noCampaigns });
  const prices = diffPrices(fares(ningbo), fares(dearer), '2015-10-13');
  expect(prices[0]).toEqual({ title: 'bus', beforeFen: 200, afterFen: 300 });
  expect(prices.every(({ title }) => title.startsWith('bus'))).toBe(true);
  const [before, after] = [noCampaigns, campaigns2015].map((campaigns) => ({ tariff: ningbo, campaigns }));
  const discounts = diffPrices(before!, after!, '2015-10-13', member);
  expect(discounts.find(({ title }) => title === 'bus')).toMatchObject({ beforeFen: 200, afterFen: 120 });
  expect(diffFields(campaigns2015, loadCampaigns([])).map(({ place }) => place)).toContain('campaigns.id bus-2015');
});
