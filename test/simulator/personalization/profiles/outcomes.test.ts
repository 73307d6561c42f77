import { describe, expect, test } from 'vitest';
import { expectedOutcomes, loadProfile, profileNames, profileText } from '../../../../simulator/index.js';
import outcomes from '../../../../simulator/personalization/profiles/outcomes.json' with { type: 'json' };
import { freshCard, inserted, tapped } from './at-terminals.js';

test('there are at least twenty, each with what becomes of it', () => {
  expect(profileNames().length).toBeGreaterThan(20);
  expect(Object.keys(outcomes)).toEqual(profileNames());
});

describe.each(profileNames())('%s', (name) => {
  const { interface: kind } = loadProfile(name);
  const expected = expectedOutcomes(name)!;

  test.runIf(kind !== 'contact')('tapped at a bus validator', async () => {
    expect(await tapped(freshCard(name))).toEqual(expected.tapped);
  });

  test.runIf(kind !== 'contactless')('inserted at a shop', async () => {
    expect(await inserted(freshCard(name))).toEqual(expected.inserted);
  });

  test('its comment says what it is for, and what a terminal answers', () => {
    const [comment] = profileText(name).split('\nname:') as [string];
    expect(comment.split('\n').every((line) => line.startsWith('# '))).toBe(true);
    const told = Object.values(expected).flatMap((outcome) => Object.values(outcome as object) as string[]);
    for (const code of told) expect(comment.replaceAll('\n# ', ' ')).toContain(code);
  });
});

test('no two of them have the same number', () => {
  const numbers = profileNames().flatMap((name) => loadProfile(name).applications.map(({ pan }) => pan));
  expect(new Set(numbers).size).toBe(numbers.length);
});
