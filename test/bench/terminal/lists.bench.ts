import { randomBytes } from 'node:crypto';
import { bench, describe } from 'vitest';
import { createBinaryFuseFilter, createNameSet, isListedMember, nameOnList } from '../../../src/lists/index.js';

const CARDS = 1_000_000;
const names = createNameSet(randomBytes(8 * CARDS));
const others = createNameSet(randomBytes(8 * 10_000));
const none = createNameSet(new Uint8Array());
const filter = createBinaryFuseFilter(names);
const namingKey = new Uint8Array(randomBytes(32));

/** What stands beside it: the names as texts in a set of the engine, some hundred bytes each. */
const asTexts = (set: typeof names): string[] =>
  Array.from({ length: set.size }, (_, index) =>
    Buffer.from(set.bytes.subarray(index * 8, index * 8 + 8)).toString('hex'),
  );
const texts = asTexts(names);
const inSet = new Set(texts);
const asked = Array.from({ length: 1000 }, (_, index) =>
  index % 2 ? names.at((index * 997) % names.size) : others.at(index % others.size),
);
const askedTexts = asked.map(({ high, low }) => [high, low].map((half) => half.toString(16).padStart(8, '0')).join(''));
const pans = Array.from({ length: 1000 }, (_, index) => `622800${String(index).padStart(13, '0')}`);

/** So that nothing is left out as of no use. */
const sink = { found: 0 };

describe('a thousand cards looked up among a million', () => {
  bench('Set of texts', () => {
    for (const text of askedTexts) if (inSet.has(text)) sink.found++;
  });
  bench('deny list: names in order', () => {
    for (const name of asked) if (names.has(name)) sink.found++;
  });
  bench('member list: filter and corrections', () => {
    for (const name of asked) if (isListedMember({ filter, added: none, removed: others }, name)) sink.found++;
  });
  bench('naming the cards alone: HMAC-SHA-256 of their numbers', () => {
    for (const pan of pans) sink.found += nameOnList(namingKey, pan).low & 1;
  });
});
