import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConstructedTag, lookUpTag, tagDefinitions } from '../../../emv/index.js';
import { tagNumber } from '../../../emv/tlv/tag.js';

const sources = ['emv', 'simulator', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|json|yaml)$/.test(name))
    .map((name) => join(folder, name)),
);

const LONG_TAG = '(?:[59BD]F|7F)(?:[0-7][0-9A-F]|[89A-F][0-9A-F]{3})';

/** Where a word in quotes, or a key, can only be a tag. */
const places = [
  new RegExp(`(?<=['"\`])${LONG_TAG}(?=['"\`])`, 'g'),
  new RegExp(`(?<=[{,\\s])${LONG_TAG}(?=:)`, 'g'),
  /(?<=\b(?:data|values|objects|card|terminal)\.(?:get|has|set|delete)\(')[0-9A-F]{2}(?=')/g,
  /(?<=\b(?:tag: |TAG = |PAN = |TEMPLATE = )')[0-9A-F]{2}(?=')/g,
];

/** Lists of words in quotes; where one of them is a long tag, all are tags. */
const LIST = /\[\s*(?:['"][0-9A-F]{2,6}['"],?\s*)+\]/g;

const used = new Map<string, string>();
for (const source of sources) {
  const text = readFileSync(source, 'utf8');
  const lists = (text.match(LIST) ?? []).map((list) => list.match(/[0-9A-F]+/g)!);
  const tags = [
    ...places.flatMap((place) => text.match(place) ?? []),
    ...lists.filter((list) => list.some((word) => new RegExp(`^${LONG_TAG}$`).test(word))).flat(),
  ];
  for (const tag of tags) used.set(tag, source);
}

describe('the dictionary', () => {
  it('has every tag that any room writes', () => {
    expect(used.size).toBeGreaterThan(200);
    expect([...used].filter(([tag]) => lookUpTag(tag) === undefined)).toEqual([]);
  });

  it('has each tag once, in their order', () => {
    const tags = tagDefinitions.map(({ tag }) => tag);
    expect(tags).toEqual([...new Set(tags)].sort(byBytes));
    for (const tag of tags) expect(tagNumber(tag), tag).toBe(Number.parseInt(tag, 16));
  });
});

const byBytes = (one: string, other: string): number => (one < other ? -1 : 1);

describe.each(tagDefinitions.map((definition) => [definition.tag, definition] as const))(
  '%s',
  (tag, { name, nameZh, format, digits, length, template, reference }) => {
    it('has a name in both languages and says where it comes from', () => {
      expect(name).toMatch(/^[\x20-\x7E]+$/);
      expect(nameZh).toMatch(/\p{Script=Han}/u);
      expect(reference).toMatch(/EMV|JR\/T|ISO|JT\/T|GlobalPlatform|UnionPay/);
    });

    it('is a template where its tag says so, and stands in templates', () => {
      expect(format === 'template').toBe(isConstructedTag(tag));
      // 80 carries its objects without tags.
      for (const holder of template ?? []) expect(holder === '80' || isConstructedTag(holder), holder).toBe(true);
      for (const holder of template ?? []) expect(lookUpTag(holder), holder).toBeDefined();
    });

    it('is as long as its digits', () => {
      if (length !== undefined) expect(length).toMatch(/^\d+([-|]\d+)*$/);
      if (digits === undefined || length === undefined || (format !== 'n' && format !== 'cn')) return;
      expect(Math.ceil(Number(digits.split('-').at(-1)) / 2)).toBeLessThanOrEqual(Number(length.split(/[-|]/).at(-1)));
    });
  },
);
