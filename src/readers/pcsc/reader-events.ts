import type { ReaderEvent, ReaderStatus } from './pcsc.js';

/**
 * What has happened between two looks at the readers, in an order in which it may have: what goes, goes first. A card
 * that came and went between them was not there for anybody, and makes no event.
 */
export function readerEvents(before: readonly ReaderStatus[], after: readonly ReaderStatus[]): ReaderEvent[] {
  const known = new Map(before.map((reader) => [reader.name, reader]));
  const present = new Set(after.map(({ name }) => name));
  const unplugged = before.filter(({ name }) => !present.has(name));
  return [
    ...unplugged.flatMap((reader) => [...removal(reader, reader), { event: 'reader-unplugged', reader } as const]),
    ...after.flatMap((reader) => {
      const was = known.get(reader.name);
      if (!was) return [{ event: 'reader-plugged', reader } as const, ...insertion(reader)];
      return isSameCard(was, reader) ? [] : [...removal(was, reader), ...insertion(reader)];
    }),
  ];
}

/** Whether nothing has happened between two looks. Who uses a card is no event. */
export const sameReaders = (before: readonly ReaderStatus[], after: readonly ReaderStatus[]): boolean =>
  readerEvents(before, after).length === 0;

const isSameCard = (one: ReaderStatus, other: ReaderStatus): boolean =>
  one.card === other.card && (one.card === 'absent' || one.movements === other.movements);

/** A mute card that wakes up has not been removed before it is inserted. */
function removal(was: ReaderStatus, reader: ReaderStatus): ReaderEvent[] {
  const wakesUp = was.card === 'mute' && reader.card === 'present' && was.movements === reader.movements;
  return was.card === 'absent' || wakesUp ? [] : [{ event: 'card-removed', reader: { ...reader, ...NO_CARD } }];
}

const NO_CARD = { card: 'absent', answerToReset: undefined, use: 'free' } as const;

function insertion(reader: ReaderStatus): ReaderEvent[] {
  if (reader.card === 'absent') return [];
  return [{ event: reader.card === 'mute' ? 'card-mute' : 'card-inserted', reader }];
}
