import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReaderStatus } from '../../src/readers/index.js';
import { readerEvents, sameReaders } from '../../src/readers/pcsc/reader-events.js';

const reader = (name: string, card: ReaderStatus['card'], movements = 0): ReaderStatus => ({
  name,
  card,
  movements,
  use: 'free',
});
const told = (before: readonly ReaderStatus[], after: readonly ReaderStatus[]) =>
  readerEvents(before, after).map(({ event, reader: { name, card } }) => `${event} ${name} ${card}`);

describe('what happened between two looks at the readers', () => {
  test.each([
    ['nothing', [reader('A', 'present', 1)], [reader('A', 'present', 1)], []],
    ['a reader was plugged', [], [reader('A', 'absent')], ['reader-plugged A absent']],
    [
      'a reader with a card was plugged',
      [],
      [reader('A', 'present', 1)],
      ['reader-plugged A present', 'card-inserted A present'],
    ],
    ['a card came', [reader('A', 'absent')], [reader('A', 'present', 1)], ['card-inserted A present']],
    ['a card went', [reader('A', 'present', 1)], [reader('A', 'absent', 2)], ['card-removed A absent']],
    [
      'another card lies there',
      [reader('A', 'present', 1)],
      [reader('A', 'present', 3)],
      ['card-removed A absent', 'card-inserted A present'],
    ],
    ['a card came that says nothing', [reader('A', 'absent')], [reader('A', 'mute', 1)], ['card-mute A mute']],
    ['it woke up', [reader('A', 'mute', 1)], [reader('A', 'present', 1)], ['card-inserted A present']],
    ['a card came and went', [reader('A', 'absent')], [reader('A', 'absent', 2)], []],
    [
      'a reader was unplugged with its card',
      [reader('A', 'present', 1), reader('B', 'absent')],
      [reader('B', 'absent')],
      ['card-removed A absent', 'reader-unplugged A present'],
    ],
  ] as const)('%s', (_, before, after, events) => {
    expect(told(before, after)).toEqual(events);
    expect(sameReaders(before, after)).toBe(events.length === 0);
  });

  const readers = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('A', 'B', 'C', 'D'),
      card: fc.constantFrom('absent', 'present', 'mute' as const),
      movements: fc.integer({ min: 0, max: 3 }),
      use: fc.constant('free' as const),
    }),
    { selector: ({ name }) => name },
  );

  test('the events lead from one look to the other', () => {
    fc.assert(
      fc.property(readers, readers, (before, after) => {
        const cards = new Map<string, string>(before.map(({ name, card }) => [name, card]));
        for (const {
          event,
          reader: { name },
        } of readerEvents(before, after)) {
          const now = cards.get(name);
          if (event === 'reader-plugged') {
            expect(now).toBeUndefined();
            cards.set(name, 'absent');
          } else if (event === 'reader-unplugged') {
            expect(now).toBeDefined();
            cards.delete(name);
          } else {
            expect(now === 'absent').toBe(event !== 'card-removed' && now !== 'mute');
            cards.set(name, { 'card-inserted': 'present', 'card-mute': 'mute', 'card-removed': 'absent' }[event]);
          }
        }
        expect([...cards].sort()).toEqual(after.map(({ name, card }) => [name, card]).sort());
      }),
    );
  });
});
