import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  loadProfile,
  nearestName,
  ProfileError,
  profileJsonSchema,
  profileNames,
  profileText,
  schemaNodeAt,
} from '../../../simulator/index.js';
import { withoutComments } from '../../../simulator/personalization/profile/without-comments.js';

const JSON_PROFILE = `// a card of my own
{
  "name": "mine", /* lower-case */
  "title": "a card // with slashes in its title",
  "interface": "contactless",
  "issuer": "bank-of-china",
  "cardholderName": "LIN YI",
  "applications": [
    {
      "applicationIdentifier": "A000000333010101",
      "label": "PBOC DEBIT",
      "pan": "6228000100000000017", // in quotes
    },
  ],
}
`;

function messageOf(text: string): string {
  try {
    loadProfile(text);
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
  }
  throw new Error('the profile was taken');
}

test('JSON with comments is a profile as well', () => {
  const profile = loadProfile(JSON_PROFILE);
  expect(profile.title).toBe('a card // with slashes in its title');
  expect(profile.applications[0]!.pan).toBe('6228000100000000017');
});

test('in JSON with comments a wrong field is told by its place in the text', () => {
  expect(messageOf(JSON_PROFILE.replace('"issuer"', '"isuer"'))).toContain(
    'line 6, column 3: isuer: no such field; did you mean issuer?',
  );
});

test('all that is wrong is told at once, each with its place', () => {
  const text = profileText('service-card-51').replace('interface: dual', 'interface: dul').replace('label:', 'lable:');
  const lines = messageOf(text).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^line \d+, column 1: interface: .*; did you mean dual\?$/);
  expect(lines).toContainEqual(expect.stringMatching(/applications\.0\.lable: no such field; did you mean label\?$/));
});

test.each([
  ['balanceFn', 'balanceFen'],
  ['keybits', 'keyBits'],
  ['colour', undefined],
  ['x', undefined],
])('whoever writes %s means %s', (written, meant) => {
  expect(nearestName(written, ['balanceFen', 'limitFen', 'keyBits', 'pan'])).toBe(meant);
});

test('a name is nearest to itself, whatever the others are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.nat(), (names, index) => {
      const name = names[index % names.length]!;
      expect(nearestName(name, names)).toBe(name);
    }),
  );
});

test('without its comments a text has the same lines and columns, and its strings are whole', () => {
  const piece = fc.oneof(
    fc.json({ maxDepth: 1 }),
    fc.constantFrom('// a comment\n', '/* two\nlines */', '\n', ' ', '"//"', '"/* \\" */"'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(' ');
      const left = withoutComments(text);
      expect(left).toHaveLength(text.length);
      expect([...left].map((letter) => letter === '\n')).toEqual([...text].map((letter) => letter === '\n'));
      expect(left.match(/"(?:\\.|[^"\\])*"/g)).toEqual(
        pieces.flatMap((one) => (one.startsWith('/') ? [] : (one.match(/"(?:\\.|[^"\\])*"/g) ?? []))).length === 0
          ? null
          : pieces.flatMap((one) => (one.startsWith('/') ? [] : (one.match(/"(?:\\.|[^"\\])*"/g) ?? []))),
      );
    }),
  );
});

test('the JSON Schema describes every field, and leads to each', () => {
  const undescribed = (node: ReturnType<typeof profileJsonSchema>, path: string[]): string[] =>
    Object.entries(node.properties ?? {}).flatMap(([name, below]) => {
      const here = [...path, name];
      const inside = undescribed((below.items ?? below) as typeof node, [...here, ...(below.items ? ['0'] : [])]);
      return below.description === undefined ? [here.join('.'), ...inside] : inside;
    });
  expect(undescribed(profileJsonSchema(), [])).toEqual([]);
  expect(schemaNodeAt(['applications', '0', 'electronicCash', 'balanceFen'])?.description).toContain('9F79');
  expect(schemaNodeAt(['applications', '0', 'nothing'])).toBeUndefined();
});

test('every profile in the box is what the schema requires', () => {
  const { required = [] } = profileJsonSchema();
  for (const name of profileNames())
    expect(Object.keys(loadProfile(name))).toEqual(expect.arrayContaining([...required]));
});
