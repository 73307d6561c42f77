import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { campaignSetSchema } from '../../src/gateway/fares/campaign-schema.js';
import {
  type FareTap,
  fareRefusals,
  fareRules,
  loadCampaigns,
  loadTariff,
  parseCampaigns,
  parseTariff,
  priceCard,
} from '../../src/gateway/fares/index.js';
import texts from '../../src/gateway/fares/step-texts.json' with { type: 'json' };
import { tariffSchema } from '../../src/gateway/fares/tariff-schema.js';

const page = readFileSync('docs/fares.md', 'utf8');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** The cells of each row of the table in a section. */
const rowsOf = (title: string): string[][] =>
  [...section(title).matchAll(/^\| (.*) \|$/gm)].slice(1).map(([, row = '']) => row.split(' | '));

test('the example is a tariff and campaigns, and its taps cost what the page says', () => {
  const [tariff, campaigns, taps] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
  const listed: Omit<FareTap, 'id'>[] = parse(taps!);
  const { journeys, refused } = priceCard({
    tariff: parseTariff(tariff!),
    campaigns: parseCampaigns(campaigns!),
    card: {
      generation: 'pboc3',
      member: true,
      certifications: [{ year: 2026, at: '2026-01-15T10:00:00+08:00', by: 'self' }],
      states: [],
    },
    taps: listed.map((tap, index) => ({ ...tap, id: String(index + 10), amountFen: tap.amountFen ?? 0 })),
    isClosed: () => true,
  });
  expect(refused).toEqual([]);
  const found = journeys.map(({ fareFen, netFen, rules }) => [
    String(fareFen),
    String(netFen),
    rules.map((rule) => `\`${rule}\``).join(' '),
  ]);
  expect(found).toEqual(rowsOf('A complete example').map(([, ...cells]) => cells));
});

test('the refusal that the page shows is the one that comes', () => {
  const [, file, line, place, message] = /error (\S+), line (\d+), (\S+): (.*) \[tariff-invalid\]/.exec(page)!;
  const text = `id: x\nname: x\n${'#\n'.repeat(Number(line) - 4)}bus:\n  source: x\n`;
  expect(() => parseTariff(text, file)).toThrow(`${file}, line ${line}, ${place}: ${message}`);
});

/** Every name of a field in a JSON schema. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return [...own, ...Object.values(schema).flatMap(fieldsOf)];
}

test.each([
  ['The tariff file', tariffSchema, 40],
  ['The campaign file', campaignSetSchema, 25],
] as const)('%s: each field is explained', (title, schema, count) => {
  const fields = new Set(fieldsOf(z.toJSONSchema(schema, { io: 'input' })));
  expect(fields.size).toBeGreaterThan(count);
  const named = [...section(title).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/\W+/));
  expect([...fields].filter((field) => !named.includes(field))).toEqual([]);
});

test('each field in a table is one that a file may have', () => {
  const fields = new Set([tariffSchema, campaignSetSchema].flatMap((schema) => fieldsOf(z.toJSONSchema(schema))));
  for (const [cell = ''] of [...rowsOf('The tariff file'), ...rowsOf('The campaign file')]) {
    for (const field of cell.replaceAll('`', '').split(/[ .]/)) expect(fields, field).toContain(field);
  }
});

describe('the codes', () => {
  const codesOf = (title: string) => [...new Set(rowsOf(title).map(([code = '']) => code.replaceAll('`', '')))].sort();

  test('of rules are all explained, with the words of every step', () => {
    expect(codesOf('Rules')).toEqual([...fareRules].sort());
    const words = rowsOf('Rules').map((cells) => cells[2]);
    expect(words.sort()).toEqual(
      Object.values(texts)
        .map(({ text }) => text)
        .sort(),
    );
  });

  test('of refusals are all explained', () => {
    expect(codesOf('Refusals')).toEqual([...fareRefusals].sort());
  });
});

test('the sets in the box have the names that the page tells', () => {
  expect(loadTariff('ningbo-2015').id).toBe('ningbo-2015');
  expect(['ningbo-2015', 'ningbo-2016'].map((id) => loadCampaigns(id).id)).toEqual(['ningbo-2015', 'ningbo-2016']);
});
