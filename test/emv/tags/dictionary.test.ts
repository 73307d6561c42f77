import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decode,
  fromHex,
  isConstructedTag,
  kernelOf,
  lookUpTag,
  type TagDefinition,
  type TagMeaning,
  tagDefinitions,
} from '../../../emv/index.js';
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

const meanings = tagDefinitions.flatMap((definition): readonly TagMeaning[] => [
  definition,
  ...(definition.others ?? []),
]);

describe('the dictionary', () => {
  it('has every tag that any room writes', () => {
    expect(used.size).toBeGreaterThan(200);
    expect([...used].filter(([tag]) => lookUpTag(tag) === undefined)).toEqual([]);
  });

  it('has at least 400 tags, each once, in their order', () => {
    const tags = tagDefinitions.map(({ tag }) => tag);
    expect(tags.length).toBeGreaterThanOrEqual(400);
    expect(tags).toEqual([...new Set(tags)].sort(byBytes));
    for (const tag of tags) expect(tagNumber(tag), tag).toBe(Number.parseInt(tag, 16));
  });

  it('is a list with one meaning a line', () => {
    const lines = readFileSync('emv/tags/tags.json', 'utf8').trimEnd().split('\n').slice(1, -1);
    expect(lines).toHaveLength(meanings.length);
    for (const line of lines) expect(() => JSON.parse(line.replace(/,$/, '')), line).not.toThrow();
  });
});

const byBytes = (one: string, other: string): number => (one < other ? -1 : 1);

describe('kernelOf', () => {
  it.each([
    ['A000000333010101', 7],
    ['A000000632010105', 7],
    ['A0000000041010', 2],
    ['A0000000031010', 3],
    ['A0000001523010', 6],
    ['A000000333', 7],
    ['A0000003', undefined],
    ['', undefined],
    ['325041592E5359532E4444463031', undefined],
  ])('%s is read by kernel %s', (identifier, kernel) => expect(kernelOf(fromHex(identifier))).toBe(kernel));
});

describe('lookUpTag', () => {
  it.each([
    ['9F6E', {}, 'Form Factor Indicator'],
    ['9F6E', { kernel: 2 }, 'Third Party Data'],
    ['9F6E', { kernel: 4 }, 'Enhanced Contactless Reader Capabilities'],
    ['9F63', {}, 'Product Identification Information'],
    ['9F63', { kernel: 7 }, 'Product Identification Information'],
    ['9F63', { kernel: 2 }, 'PUNATC (Track 1)'],
    ['DF60', {}, 'CAPP Transaction Indicator'],
    ['DF60', { kernel: 2 }, 'DS Input (Card)'],
    ['9F02', { kernel: 2, within: '70' }, 'Amount, Authorised (Numeric)'],
    ['82', { within: '77' }, 'Application Interchange Profile (AIP)'],
    ['82', { within: '62', kernel: 2 }, 'File Descriptor'],
    ['81', { within: '7F49' }, 'RSA Modulus, or First Prime'],
  ] as const)('%s in %j is %s', (tag, context, name) => {
    expect(lookUpTag(tag, context)?.name).toBe(name);
  });

  it('finds each meaning where it is met', () => {
    for (const meaning of meanings) {
      for (const within of meaning.within ?? []) expect(lookUpTag(meaning.tag, { within })?.name).toBe(meaning.name);
      if (meaning.within !== undefined) continue;
      for (const kernel of meaning.kernels ?? []) expect(lookUpTag(meaning.tag, { kernel })?.name).toBe(meaning.name);
    }
  });

  it('knows nothing of a tag that stands nowhere', () => {
    expect(lookUpTag('DF7E')).toBeUndefined();
    expect(lookUpTag('DF7E', { kernel: 7, within: '70' })).toBeUndefined();
  });
});

/** A tag or a meaning, with what is told of one that is wrong. */
const eachTag = (check: (definition: TagDefinition) => void): void => {
  for (const definition of tagDefinitions) check(definition);
};
const eachMeaning = (check: (meaning: TagMeaning, told: string) => void): void => {
  for (const meaning of meanings) check(meaning, `${meaning.tag} ${meaning.name}`);
};

const placesOf = ({ kernels = [], within = [] }: TagMeaning): string => [...kernels, ...within].join(' ');

describe('every tag', () => {
  it('is well-formed', () => {
    eachTag(({ tag }) => expect(decode(fromHex(`${tag}00`)).map((object) => object.tag)).toEqual([tag]));
  });

  it('means one thing in one place', () => {
    eachTag((definition) => {
      const all = [definition, ...(definition.others ?? [])];
      expect(new Set(all.map(placesOf)).size, definition.tag).toBe(all.length);
      for (const other of definition.others ?? []) expect(placesOf(other), other.name).not.toBe('');
    });
  });
});

describe('every meaning', () => {
  it('has a name in both languages, and says where it comes from', () => {
    eachMeaning(({ name, nameZh, reference }, told) => {
      expect(name, told).toMatch(/^[\x21-\x7E][\x20-\x7E]*$/);
      expect(nameZh, told).toMatch(/\p{Script=Han}/u);
      expect(reference, told).toMatch(/^\S.*\S$/);
    });
  });

  it('is a template where its tag says so, and stands in templates', () => {
    eachMeaning(({ tag, format, template = [], within = [] }, told) => {
      expect(format === 'template', told).toBe(isConstructedTag(tag));
      // 80 carries its objects without tags, 9F31 its templates as one value.
      for (const holder of template) {
        expect(['80', '9F31'].includes(holder) || isConstructedTag(holder), `${told} in ${holder}`).toBe(true);
      }
      for (const holder of [...template, ...within]) expect(lookUpTag(holder), `${told} in ${holder}`).toBeDefined();
    });
  });

  it('has a length that can be read', () => {
    eachMeaning(({ length = '0' }, told) => {
      expect(length, told).toMatch(/^\d+(-\d+|(\|\d+)+)?$/);
      const numbers = length.split(/[-|]/).map(Number);
      expect(numbers, told).toEqual([...numbers].sort((one, other) => one - other));
    });
  });

  it('is as long as its digits', () => {
    eachMeaning(({ digits, length, format }, told) => {
      if (digits === undefined) return;
      expect(digits, told).toMatch(/^\d+(-\d+)?$/);
      if (length === undefined || (format !== 'n' && format !== 'cn')) return;
      const bytes = Math.ceil(Number(digits.split('-').at(-1)) / 2);
      expect(bytes, told).toBeLessThanOrEqual(Number(length.split(/[-|]/).at(-1)));
    });
  });
});
