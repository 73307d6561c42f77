import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { csvText, type Difference } from '../../gateway/index.js';

const COLUMNS = ['kind', 'terminal', 'sequence', 'theirs_fen', 'ours_fen', 'line', 'journey', 'reason'];

/** Differences as CSV, written as they come. */
export function openTable(path: string) {
  const stream = createWriteStream(path);
  const write = async (text: string) => {
    if (!stream.write(text)) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  };
  stream.write(`${COLUMNS.join(',')}\n`);
  return {
    write: ({ kind, terminal, sequence, theirsFen, oursFen, line, journeyId, reason }: Difference) =>
      write(
        `${kind},${csvText(terminal)},${sequence},${theirsFen},${oursFen},${line ?? ''},${journeyId ?? ''},${csvText(reason ?? '')}\n`,
      ),
    close: () => finished(stream.end()),
  };
}
