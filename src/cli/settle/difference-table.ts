import { csvText, type Difference } from '../../gateway/index.js';
import { openOutputFile } from '../output-file.js';

const COLUMNS = ['kind', 'terminal', 'sequence', 'theirs_fen', 'ours_fen', 'line', 'journey', 'reason'];

/** Differences as CSV, written as they come. */
export async function openTable(path: string) {
  const file = openOutputFile(path);
  await file.write(`${COLUMNS.join(',')}\n`);
  return {
    write: ({ kind, terminal, sequence, theirsFen, oursFen, line, journeyId, reason }: Difference) =>
      file.write(
        `${kind},${csvText(terminal)},${sequence},${theirsFen},${oursFen},${line ?? ''},${journeyId ?? ''},${csvText(reason ?? '')}\n`,
      ),
    close: () => file.close(),
  };
}
