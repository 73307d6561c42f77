import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/test-vectors.md', 'utf8');
const kinds = [...readFileSync('src/cli/replay/kinds/index.ts', 'utf8').matchAll(/^ {2}'?([a-z0-9.]+)'?: async/gm)];

test.each(kinds.map(([, kind]) => kind!))('the page describes the kind %s', (kind) => {
  expect(page).toMatch(new RegExp(`^\\|[^|]*\`${kind.replace('.', '\\.')}\``, 'm'));
});

test.each(readdirSync('test-vectors').filter((name) => name.endsWith('.json')))(
  'the page says where %s is from',
  (name) => {
    expect(page).toContain(`\`${name}\``);
  },
);

test('every kind of the box is found', () => {
  expect(kinds.length).toBeGreaterThan(15);
});
