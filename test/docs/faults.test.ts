import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultDefinitions, formatFault, parseFault } from '../../simulator/index.js';

const page = readFileSync('docs/faults.md', 'utf8');

test('every fault that the page writes is one, and every kind is on it', () => {
  const written = [...page.matchAll(/\b[a-z-]+@(?:\d+|\*|[a-z-]+)(?::[\w=]+)?/g)].map(([text]) => text);
  expect(written.length).toBeGreaterThan(15);
  for (const text of written) expect(formatFault(parseFault(text))).toBe(text);
  const rows = new Set([...page.matchAll(/^\| `([a-z-]+)@/gm)].map(([, kind]) => kind));
  expect([...rows].sort()).toEqual(faultDefinitions.map(({ kind }) => kind as string).sort());
});

test('every name of a command on the page is one by which it can be told', () => {
  const [, list = ''] = /^- the name of a command:(.*?)^- /ms.exec(page)!;
  const names = [...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(() => parseFault(`tear@${name}`)).not.toThrow();
});
