import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cardCommands } from '../../simulator/card/commands/index.js';
import statusWords from '../../simulator/card/status-words.json' with { type: 'json' };

const page = readFileSync('docs/card-commands.md', 'utf8');
const PLACES = { contact: 'slot', contactless: 'field' } as const;
/** Not a word of the table: 63Cx says the tries that are left. */
const COUNTING = '63Cx';

test('the page has every command of the card with its bytes and its interfaces, and no other', () => {
  const rows = [...page.matchAll(/^\| [^|]+ \| `(\S\S) (\S\S)[^`]*` \| ([a-z, ]+) \|/gm)].map(([, cla, ins, where]) => [
    `${cla}${ins}`,
    where!.trim(),
  ]);
  const known = cardCommands.map(({ cla, ins, interfaces }) => [
    [cla, ins].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(''),
    interfaces.map((by) => PLACES[by]).join(', '),
  ]);
  expect(rows.toSorted()).toEqual(known.toSorted());
});

test('the page has every status word of the card, and no other', () => {
  const [, table = ''] = /\| status word \|.*?\n((?:\|.*\n)+)/.exec(page)!;
  const told = [...table.matchAll(/^\| ([0-9A-F]{3}[0-9A-Fx]) \|/gm)].map(([, word]) => word!);
  expect(told.filter((word) => word !== COUNTING).toSorted()).toEqual(Object.values(statusWords).toSorted());
});

test('the vectors that the page names are there', () => {
  const ids = (JSON.parse(readFileSync('test-vectors/card-rules.json', 'utf8')).vectors as { id: string }[]).map(
    ({ id }) => id,
  );
  const [, rules = ''] = /## Rules\n(.*?)\n## /s.exec(page)!;
  const cells = [...rules.matchAll(/^\|.*\|(.*)\|$/gm)]
    .slice(2)
    .flatMap(([, cell]) => cell!.match(/(?<=`)[a-z-]+(?=`)/g) ?? []);
  expect(cells.length).toBeGreaterThan(10);
  for (const named of cells)
    expect(
      ids.some((id) => id.startsWith(named)),
      named,
    ).toBe(true);
});
