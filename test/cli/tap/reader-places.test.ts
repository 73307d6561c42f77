import { expect, test } from 'vitest';
import { ReaderPlaces } from '../../../src/cli/tap/loop/reader-places.js';
import type { ReaderEvent, ReaderStatus } from '../../../src/readers/index.js';

const NAME = 'ACS ACR122U 00 00';
const reader = (card: ReaderStatus['card'], movements: number): ReaderStatus => ({
  name: NAME,
  card,
  use: 'free',
  movements,
});
const follow = (places: ReaderPlaces, event: ReaderEvent['event'], status: ReaderStatus) =>
  places.follow({ event, reader: status });

test('a card is taken up once, one that wakes up as well, and the next one again', () => {
  const places = new ReaderPlaces({});
  follow(places, 'card-mute', reader('mute', 1));
  expect(places.takeUp(reader('mute', 1))).toBe(true);
  expect(places.takeUp(reader('present', 1))).toBe(false);
  expect(places.takeUp(reader('present', 3))).toBe(true);
});

test('a reader that was plugged in again counts from the beginning, and its first card is a new one', () => {
  const places = new ReaderPlaces({ reader: 'acr122' });
  follow(places, 'card-inserted', reader('present', 1));
  expect(places.takeUp(reader('present', 1))).toBe(true);
  follow(places, 'card-removed', reader('absent', 2));
  follow(places, 'reader-unplugged', reader('absent', 2));
  follow(places, 'reader-plugged', reader('absent', 0));
  expect(places.takeUp(reader('present', 1))).toBe(true);
});

test('a reader of another name does not count', () => {
  const places = new ReaderPlaces({ reader: 'OMNIKEY' });
  expect(follow(places, 'reader-plugged', reader('absent', 0))).toBe(false);
});
