import { expect, test } from 'vitest';
import { readRegressions } from './regressions.js';
import { targets } from './targets/index.js';
import { tryInput } from './try-input.js';

test.each(readRegressions())('$target: $title', async ({ target: name, input }) => {
  const target = targets.find((known) => known.name === name);
  expect(target, name).toBeDefined();
  await tryInput(target!, input);
});

test.each(targets.map((target) => [target.name, target] as const))(
  '%s comes to the same end twice with the first of its seeds',
  async (_, target) => {
    const seeds = target.seeds();
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds.slice(0, 5)) await tryInput(target, seed);
  },
);
