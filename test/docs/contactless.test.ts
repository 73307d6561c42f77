import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { outcomeReasons } from '../../emv/index.js';

const page = readFileSync('docs/contactless.md', 'utf8');

test('every outcome that the page names exists', () => {
  const named = [...page.matchAll(/`([a-z]+(?:-[a-z]+){1,4})`/g)].map(([, code]) => code!);
  const options = new Set(
    'approved-offline online-requested before-and-after application-version usage-control effective-date'.split(' '),
  );
  expect(named.filter((code) => !(code in outcomeReasons) && !options.has(code))).toEqual([]);
  expect(named.length).toBeGreaterThan(15);
});
