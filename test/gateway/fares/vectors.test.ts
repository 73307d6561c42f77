import { expect, test } from 'vitest';
import { z } from 'zod';
import { runner } from '../../../src/cli/replay/kinds/price.js';
import { fareRefusals, fareRules } from '../../../src/gateway/fares/index.js';
import { readVectors } from '../../emv/read-vectors.js';

test.each([
  ['price', 10],
  ['price-made', 98],
  ['price-fares', 19],
])('every vector of %s.json comes out as written', async (file, count) => {
  const vectors = readVectors(file, 'price');
  expect(vectors).toHaveLength(count);
  for (const { id, title, input, expect: expected } of vectors) {
    expect(await runner(input, expected), `${id} (${title})`).toEqual([]);
  }
});

test('a refusal is held against its tap, wherever the vector lists it', async () => {
  const oldCard = { card: 'A', generation: 'pboc2', member: true };
  const tap = (at: string) => ({ card: 'A', service: 'bus', event: 'single', place: { line: '10' }, at });
  const taps = [tap('2015-10-13T09:00:00+08:00'), tap('2015-10-13T08:00:00+08:00')];
  const input = { tariff: 'ningbo-2015', campaigns: 'ningbo-2015', members: [oldCard], taps };
  const refused = [1, 0].map((each) => ({ tap: each, reason: 'card-generation' }));
  expect(await runner(input, { journeys: [], refused })).toEqual([]);
  expect(await runner(input, { refused: [{ tap: 0, reason: 'card-lost' }, refused[0]] })).toHaveLength(1);
  expect(await runner(input, { refused: refused.slice(1) })).toHaveLength(1);
});

const expectationSchema = z.object({
  journeys: z.array(z.object({ rules: z.array(z.string()) })),
  refused: z.array(z.object({ reason: z.string() })).default([]),
});

test('the vectors reach every rule and every refusal', () => {
  const expectations = ['price', 'price-made', 'price-fares'].flatMap((file) =>
    readVectors(file, 'price').map((vector) => expectationSchema.parse(vector.expect)),
  );
  const reachedRules = expectations.flatMap(({ journeys }) => journeys.flatMap((journey) => journey.rules));
  const reachedRefusals = expectations.flatMap(({ refused }) => refused.map(({ reason }) => reason));
  const inEveryJourney = ['fare', 'rounding'];
  expect([...new Set([...reachedRules, ...inEveryJourney])].sort()).toEqual([...fareRules].sort());
  expect([...new Set(reachedRefusals)].sort()).toEqual([...fareRefusals].sort());
});
