import { type ExpectedAnswer, type Item, readItemLine, recordText, secondsOf } from '../ride/item.js';
import { mergeSorted } from '../ride/sorted-chunks.js';
import { DueUploads } from './due-uploads.js';

/** One record on its way to a gateway. */
export interface Upload {
  readonly operator: string;
  readonly terminal: string;
  readonly sequence: number;
  readonly expected: ExpectedAnswer;
  /** The record as JSON. */
  readonly text: string;
}

const HOUR_S = 3600;

/**
 * The uploads of a day in their order: each terminal numbers its records as it makes them, and what is late or comes
 * again waits for its hour. `files` are sorted; `folder` takes what waits.
 */
export async function* uploadsOf(files: readonly string[], folder: string): AsyncGenerator<Upload> {
  const sequences = new Map<string, number>();
  const due = new DueUploads(folder);
  for await (const line of mergeSorted(files)) {
    const item = readItemLine(line);
    const hour = Math.floor(secondsOf(item.key) / HOUR_S);
    for await (const late of due.take(hour)) yield read(late);
    const name = `${item.operator} ${item.terminal}`;
    const sequence = (sequences.get(name) ?? 0) + 1;
    sequences.set(name, sequence);
    const { delivery } = item;
    const first = uploadOf(item, sequence, item.expected, item.tail);
    if (delivery.kind !== 'late') yield first;
    if (delivery.kind !== 'now') await due.add(hour + delivery.hours, write(laterOf(item, sequence, first)));
  }
  for await (const late of due.take(Number.POSITIVE_INFINITY)) yield read(late);
}

function uploadOf({ operator, terminal }: Item, sequence: number, expected: ExpectedAnswer, tail: string): Upload {
  return { operator, terminal, sequence, expected, text: recordText({ operator, terminal }, sequence, tail) };
}

/** What is uploaded later: the record itself, once more, or another one under its identity. */
function laterOf(item: Item, sequence: number, first: Upload): Upload {
  if (item.delivery.kind === 'other') return uploadOf(item, sequence, 'conflict', item.otherTail);
  if (item.delivery.kind === 'late' || first.expected !== 'created') return first;
  return { ...first, expected: 'exists' };
}

const write = ({ operator, terminal, sequence, expected, text }: Upload): string =>
  [operator, terminal, sequence, expected, text].join('\t');

function read(line: string): Upload {
  const [operator, terminal, sequence, expected, text] = line.split('\t') as [string, string, string, string, string];
  return { operator, terminal, sequence: Number(sequence), expected: expected as ExpectedAnswer, text };
}
