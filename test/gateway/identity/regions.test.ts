import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkDocument, identityCheckDigit } from '../../../src/gateway/identity/index.js';

const plausible = { today: '2016-03-01', ages: { from: 16, to: 110 } };

const issuesOf = (region: string, type: 'identity-card' | 'residence-permit' = 'identity-card') => {
  const digits = `${region}19800101001`;
  return checkDocument({ type, number: digits + identityCheckDigit(digits) }, plausible);
};

it("refuses nobody for a county that is no more, that is a city's whole, or that no edition has", () => {
  const withdrawn = [
    '330227',
    '330204',
    '342401',
    '332522',
    '510202',
    '441282',
    '352822',
    '442822',
    '460003',
    '460036',
  ];
  const wholes = ['330201', '440401', '441900', '442000', '460400', '620200'];
  const inNoEdition = ['321119', '320219', '230119', '612403', '622961', '632824'];
  for (const region of [...withdrawn, ...wholes, ...inNoEdition])
    expect([region, issuesOf(region)]).toEqual([region, []]);
});

it('refuses what is no province, and what no province ever had below it', () => {
  const unknown = ['990101', '160101', '337101', '339101', '110301', '120401', '500401', '330001', '000000'];
  for (const region of unknown) expect([region, issuesOf(region)]).toEqual([region, ['identity-region-unknown']]);
});

it('knows Hong Kong, Macau and Taiwan on residence permits alone', () => {
  for (const region of ['810000', '820000', '830000']) {
    expect(issuesOf(region, 'residence-permit')).toEqual([]);
    expect(issuesOf(region)).toEqual(['identity-region-unknown']);
  }
  expect(issuesOf('330203', 'residence-permit')).toEqual(['identity-region-unknown']);
});

it('does not judge the county', () => {
  const pair = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  fc.assert(
    fc.property(pair, pair, pair, pair, (province, prefecture, county, other) => {
      expect(issuesOf(province + prefecture + county)).toEqual(issuesOf(province + prefecture + other));
    }),
  );
});
