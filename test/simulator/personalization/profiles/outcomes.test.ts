import { expect, test } from 'vitest';
import { expectedOutcomes, loadProfile, profileNames, profileText } from '../../../../simulator/index.js';
import outcomes from '../../../../simulator/personalization/profiles/outcomes.json' with { type: 'json' };
import { freshCard, inserted, tapped } from './at-terminals.js';

test('there are at least twenty, each with what becomes of it', () => {
  expect(profileNames().length).toBeGreaterThan(20);
  expect(Object.keys(outcomes)).toEqual(profileNames());
});

const withInterface = (wanted: 'contact' | 'contactless') =>
  profileNames().filter((name) => ['dual', wanted].includes(loadProfile(name).interface));

test.each(withInterface('contactless'))('%s tapped at a bus validator', async (name) => {
  expect(await tapped(freshCard(name))).toEqual(expectedOutcomes(name)!.tapped);
});

test.each(withInterface('contact'))('%s inserted at a shop', async (name) => {
  expect(await inserted(freshCard(name))).toEqual(expectedOutcomes(name)!.inserted);
});

test.each(profileNames())('the comment of %s says what it is for, and what a terminal answers', (name) => {
  const [comment] = profileText(name).split('\nname:') as [string];
  expect(comment.split('\n').every((line) => line.startsWith('# '))).toBe(true);
  const told = Object.values(expectedOutcomes(name)!).flatMap(
    (outcome) => Object.values(outcome as object) as string[],
  );
  for (const code of told) expect(comment.replaceAll('\n# ', ' ')).toContain(code);
});

test('no two of them have the same number', () => {
  const numbers = profileNames().flatMap((name) => loadProfile(name).applications.map(({ pan }) => pan));
  expect(new Set(numbers).size).toBe(numbers.length);
});
