import { expect, test } from 'vitest';
import { z } from 'zod';
import { runner } from '../../../src/cli/replay/kinds/price.js';
import type { FareRule, TapRefusal } from '../../../src/gateway/fares/index.js';
import { readVectors } from '../../emv/read-vectors.js';

test.each([
  ['price', 10],
  ['price-made', 92],
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

/** Every code there is: the compiler sees to it that none is left out. The values say nothing. */
const rules: Record<Exclude<FareRule, 'fare' | 'rounding'>, true> = {
  'member-rate': true,
  'amount-off': true,
  'fixed-price': true,
  'first-part-free': true,
  transfer: true,
  cap: true,
  'not-a-member': true,
  'not-certified': true,
  'outside-region': true,
  'campaign-not-started': true,
  'campaign-ended': true,
  'not-on-this-day': true,
  'below-threshold': true,
  'quota-used': true,
  'better-campaign': true,
  'no-campaign': true,
  'incomplete-journey': true,
  overstay: true,
};
const refusals: Record<TapRefusal, true> = {
  'card-generation': true,
  'card-lost': true,
  'card-closed': true,
  duplicate: true,
  passback: true,
  'unknown-place': true,
  'unknown-service': true,
};

const expectationSchema = z.object({
  journeys: z.array(z.object({ rules: z.array(z.string()) })),
  refused: z.array(z.object({ reason: z.string() })).default([]),
});

test('the vectors reach every rule and every refusal', () => {
  const expectations = ['price', 'price-made'].flatMap((file) =>
    readVectors(file, 'price').map((vector) => expectationSchema.parse(vector.expect)),
  );
  const reachedRules = expectations.flatMap(({ journeys }) => journeys.flatMap((journey) => journey.rules));
  const reachedRefusals = expectations.flatMap(({ refused }) => refused.map(({ reason }) => reason));
  expect([...new Set(reachedRules)].sort()).toEqual(Object.keys(rules).sort());
  expect([...new Set(reachedRefusals)].sort()).toEqual(Object.keys(refusals).sort());
});
