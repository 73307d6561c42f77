import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import commands from '../../emv/apdu/commands.json' with { type: 'json' };
import statusWords from '../../emv/apdu/status-words.json' with { type: 'json' };
import codes from '../../emv/explain/data/codes.json' with { type: 'json' };
import countries from '../../emv/explain/data/countries.json' with { type: 'json' };
import currencies from '../../emv/explain/data/currencies.json' with { type: 'json' };
import languages from '../../emv/explain/data/languages.json' with { type: 'json' };
import {
  bitTables,
  describeBits,
  fileLayouts,
  fromHex,
  lookUpTag,
  statusWordMeaning,
  structureTables,
  type TagMeaning,
  tagDefinitions,
} from '../../emv/index.js';

const page = readFileSync('docs/tags.md', 'utf8');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** The cells of each row of the table in a section, without its head. */
const rowsOf = (title: string): string[][] =>
  [...section(title).matchAll(/^\| (.*) \|$/gm)].slice(1).map(([, row = '']) => row.split(' | '));

const meanings = tagDefinitions.flatMap((definition): readonly TagMeaning[] => [
  definition,
  ...(definition.others ?? []),
]);

test('the page counts what the tables hold', () => {
  expect(rowsOf('What there is').map(([, count]) => Number(count))).toEqual([
    tagDefinitions.length,
    meanings.length,
    bitTables.length,
    bitTables.reduce((sum, { rows }) => sum + rows.length, 0),
    structureTables.length,
    statusWords.length,
    commands.length,
    codes.reduce((sum, table) => sum + table.codes.length, 0),
    currencies.length,
    countries.length,
    languages.length,
    fileLayouts.length,
  ]);
});

test('every reference of a tag begins with a document of the page, as often as it says', () => {
  const counted = new Map(rowsOf('Documents').map(([name]) => [name!, 0]));
  for (const { tag, name, reference } of meanings) {
    for (const place of reference.split('; ')) {
      const document = [...counted.keys()].find((known) => place === known || place.startsWith(`${known} `));
      expect(document, `${tag} ${name}: ${place}`).toBeDefined();
      counted.set(document!, counted.get(document!)! + 1);
    }
  }
  expect(rowsOf('Documents').map(([name, , count]) => [name, Number(count)])).toEqual([...counted]);
});

test('the lines to copy are lines of the tables', () => {
  const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text!) as object);
  expect(meanings).toContainEqual(examples[0]);
  expect(bitTables).toContainEqual(examples[1]);
});

test('the library answers as the page says', () => {
  const [example] = page.match(/```ts\n[\s\S]*?```/)!;
  const answers = [...example!.matchAll(/; \/\/ (.*)$/gm)].map(([, answer]) => answer);
  expect(answers).toEqual([
    lookUpTag('9F79')?.nameZh,
    lookUpTag('9F6E', { kernel: 2 })?.name,
    lookUpTag('82', { within: '62' })?.name,
    describeBits('9F6C', fromHex('0080'), 'en', { kernel: 3 }).filter((bit) => bit.set)[0]?.name,
    statusWordMeaning(0x6972, { command: 'GET PROCESSING OPTIONS' }).meaning,
  ]);
});
