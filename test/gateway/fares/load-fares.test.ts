import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FareError, loadCampaigns, loadTariff, parseCampaigns, parseTariff } from '../../../src/gateway/fares/index.js';
import { campaigns2015, campaigns2016, ningbo } from './price-taps.js';

/** The error; anything but a FareError fails the test. */
function errorOf(load: () => unknown): FareError {
  try {
    load();
  } catch (error) {
    if (error instanceof FareError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Code, and place of the first thing that is wrong. */
function placeOf(load: () => unknown) {
  const { code, issues } = errorOf(load);
  return { code, place: issues[0]?.place };
}

/** A copy with one field set anew, or taken out where the value is undefined. */
function changed(document: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(document);
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>(
    (node, key) => node[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

test('the sets of the box are whole', () => {
  expect(ningbo).toMatchObject({ id: 'ningbo-2015', serviceDayBegins: '03:00' });
  expect(ningbo.metro?.lines.map(({ stations }) => stations.length)).toEqual([20, 22]);
  expect(campaigns2015.campaigns.map(({ id }) => id)).toEqual([
    'metro-2015',
    'bus-2015',
    'sanjiang-2015',
    'cinema-2015',
  ]);
  expect(campaigns2016.campaigns.map(({ id }) => id)).toEqual(['metro-2016', 'bus-2016']);
});

test('every campaign of the box says where it comes from', () => {
  for (const { id, source } of [...campaigns2015.campaigns, ...campaigns2016.campaigns])
    expect(source, id).toBeTruthy();
});

test('a name that is not in the box is refused, and the box is named', () => {
  expect(errorOf(() => loadTariff('atlantis'))).toMatchObject({
    code: 'tariff-unknown',
    message: 'atlantis; in the box: ningbo-2014, ningbo-2015, ningbo-2016',
  });
  expect(errorOf(() => loadCampaigns('atlantis'))).toMatchObject({
    code: 'campaigns-unknown',
    message: 'atlantis; in the box: ningbo-2015, ningbo-2016, ningbo-seniors',
  });
  for (const name of ['__proto__', 'toString', '']) expect(errorOf(() => loadTariff(name)).code).toBe('tariff-unknown');
});

test("a tariff or campaigns of one's own are read back as they were", () => {
  expect(loadTariff(structuredClone(ningbo))).toEqual(ningbo);
  expect(loadCampaigns(structuredClone(campaigns2015))).toEqual(campaigns2015);
  expect(loadTariff({ id: 'least', name: 'least' })).toEqual({
    id: 'least',
    name: 'least',
    serviceDayBegins: '03:00',
    caps: [],
  });
});

describe('a wrong tariff is refused with its place', () => {
  test.each([
    ['id', undefined, 'id'],
    ['nonsense', 1, 'nonsense'],
    ['serviceDayBegins', '3:00', 'serviceDayBegins'],
    ['serviceDayBegins', '24:00', 'serviceDayBegins'],
    ['metro.bands', [], 'metro.bands'],
    ['metro.bands.1.uptoM', 4000, 'metro.bands'],
    ['metro.bands.1.fareFen', 199, 'metro.bands'],
    ['metro.bands.0.fareFen', 199.5, 'metro.bands.0.fareFen'],
    ['metro.bands.0.fareFen', -1, 'metro.bands.0.fareFen'],
    ['metro.bands.0.fareFen', '200', 'metro.bands.0.fareFen'],
    ['metro.beyond.everyM', 0, 'metro.beyond.everyM'],
    ['metro.lines.1.stations', [{ station: 'alone', positionM: 0 }], 'metro.lines.1.stations'],
    ['bus.fareFen', undefined, 'bus.fareFen'],
    ['bus.transfer.fromMinutes', 61, 'bus.transfer'],
    ['bicycle.hoursFen.1', 'dear', 'bicycle.hoursFen.1'],
    ['parking.day', { from: '19:30', to: '07:30' }, 'parking.day'],
    ['parking.unitMinutes', 0, 'parking.unitMinutes'],
    ['parking.zones.1.zone', '1', 'parking.zones'],
    ['caps', [{ service: 'boat', per: 'day', atMostFen: 1, sponsor: 'x' }], 'caps.0.service'],
  ])('%s = %j', (path, value, place) => {
    expect(placeOf(() => loadTariff(changed(ningbo, path, value)))).toEqual({ code: 'tariff-invalid', place });
  });

  test('where a line of the metro cannot be reached from the first', () => {
    const island = {
      line: '9',
      stations: [
        { station: 'a', positionM: 0 },
        { station: 'b', positionM: 900 },
      ],
    };
    expect(errorOf(() => loadTariff(changed(ningbo, 'metro.lines.2', island)))).toMatchObject({
      code: 'tariff-invalid',
      message: 'metro.lines.2: no way from 高桥西 to a: lines meet where both name one station',
    });
  });
});

describe('wrong campaigns are refused with their place', () => {
  test.each([
    ['name', 7, 'name'],
    ['holidays.0', '2015-02-30', 'holidays.0'],
    ['campaigns', undefined, 'campaigns'],
    ['campaigns.1.id', 'metro-2015', 'campaigns.1.id'],
    ['campaigns.0.from', '26.8.2015', 'campaigns.0.from'],
    ['campaigns.0.from', '2016-01-01', 'campaigns.0'],
    ['campaigns.0.regions', [], 'campaigns.0.regions'],
    ['campaigns.0.service', 'boat', 'campaigns.0.service'],
    ['campaigns.0.sponsor', undefined, 'campaigns.0.sponsor'],
    ['campaigns.0.benefit.kind', 'gift', 'campaigns.0.benefit.kind'],
    ['campaigns.0.benefit.basisPoints', 10_001, 'campaigns.0.benefit.basisPoints'],
    ['campaigns.2.benefit.thresholdFen', 0, 'campaigns.2.benefit.thresholdFen'],
    ['campaigns.3.quota.per', 'year', 'campaigns.3.quota.per'],
    ['campaigns.3.quota.times', 0, 'campaigns.3.quota.times'],
    ['campaigns.3.days', { weekdays: ['Sunday'] }, 'campaigns.3.days.weekdays.0'],
    ['campaigns.3.discount', 1, 'campaigns.3.discount'],
    ['campaigns.3.days', {}, 'campaigns.3.days'],
    ['campaigns.1.name', 'metro at 80%', 'campaigns.1.name'],
  ])('%s = %j', (path, value, place) => {
    expect(placeOf(() => loadCampaigns(changed(campaigns2015, path, value)))).toEqual({
      code: 'campaigns-invalid',
      place,
    });
  });

  test('where two sets both have a campaign of one id, since its uses are counted by id', () => {
    expect(errorOf(() => loadCampaigns(['ningbo-2015', 'ningbo-2015']))).toMatchObject({
      code: 'campaigns-invalid',
      message: 'campaigns.4.id: metro-2015 is in two of the sets ningbo-2015, ningbo-2015',
    });
  });

  test('but no set at all is a set without campaigns', () => {
    expect(loadCampaigns([])).toEqual({ id: 'none', holidays: [], campaigns: [] });
  });
});

test('whatever is handed in is a tariff, campaigns or a FareError', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(errorOf(() => loadTariff(value)).code).toMatch(/^tariff-(unknown|invalid)$/);
      if (Array.isArray(value) && value.length === 0) return;
      expect(errorOf(() => loadCampaigns(value)).code).toMatch(/^campaigns-(unknown|invalid)$/);
    }),
  );
});

describe('a file', () => {
  const least = { id: 'least', name: 'least', serviceDayBegins: '03:00', caps: [] };

  test('may be YAML or JSON', () => {
    expect(parseTariff('id: least\nname: "least"')).toEqual(least);
    expect(parseTariff(JSON.stringify(ningbo))).toEqual(ningbo);
    expect(parseCampaigns(JSON.stringify(campaigns2015))).toEqual(campaigns2015);
  });

  test.each([
    ['id: [', 1],
    ['id: a\nname: b\nid: c', 3],
    ['id: a\n---\nid: b', 2],
    ['{"id": "a"', 1],
    ['id: a\n\tname: b', 2],
  ])('that is wrong is refused with its line: %j', (text, line) => {
    const error = errorOf(() => parseCampaigns(text, 'mine.yaml'));
    expect(error).toMatchObject({ code: 'campaigns-invalid', file: 'mine.yaml', issues: [{ line }] });
    expect(error.message.split(/line \d/)).toHaveLength(2);
  });

  test('with wrong fields is told each, with its line, or that of what lacks it', () => {
    const text = `id: mine
name: Mine
boat: 1
metro:
  bands:
    - { uptoM: 4000, fareFen: 2.5 }
  beyond: { everyM: 1000, fareFen: 100 }
bus:
  fareFen: "200"
caps:
  - { service: bus, per: week, atMostFen: 1, sponsor: x }
`;
    const { code, issues, message } = errorOf(() => parseTariff(text, 'mine.yaml'));
    expect(code).toBe('tariff-invalid');
    expect(issues.map(({ line, place }) => [line, place])).toEqual([
      [6, 'metro.bands.0.fareFen'],
      [5, 'metro.stayMinutes'],
      [5, 'metro.passback'],
      [5, 'metro.lines'],
      [9, 'bus.fareFen'],
      [11, 'caps.0.per'],
      [3, 'boat'],
    ]);
    expect(message.split('\n')).toContain('mine.yaml, line 5, metro.stayMinutes: this is required');
  });

  test('with more than ten wrong fields is told ten', () => {
    const text = `id: mine\nname: Mine\n${Array.from({ length: 12 }, (_, index) => `field${index}: 1`).join('\n')}`;
    expect(errorOf(() => parseTariff(text)).issues).toHaveLength(10);
  });

  test('with an alias that leads nowhere, or that grows without end, is refused', () => {
    const tenfold = (name: string) => `[${Array.from({ length: 10 }, () => `*${name}`).join(', ')}]`;
    const bomb = `a: &a [1]\nb: &b ${tenfold('a')}\nc: &c ${tenfold('b')}\nd: ${tenfold('c')}`;
    for (const text of ['id: *nowhere', bomb]) {
      const { code, message } = errorOf(() => parseTariff(text, 'mine.yaml'));
      expect(code).toBe('tariff-invalid');
      expect(message).toMatch(/^mine\.yaml/);
    }
  });
});
