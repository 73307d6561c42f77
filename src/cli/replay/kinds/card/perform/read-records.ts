import { readRecord as command, readApplicationFileLocator } from '../../../../../../emv/index.js';
import type { CardRun, Seen } from '../card-run.js';

/** Reads what the file locator names; each answer is held against the objects of all of them. */
export function readAll(run: CardRun): readonly Seen[] {
  const objects = new Map(run.gpo?.tags ?? []);
  const answers: Seen[] = [];
  for (const { shortFileIdentifier, firstRecord, lastRecord } of readApplicationFileLocator(run.locator)) {
    for (let recordNumber = firstRecord; recordNumber <= lastRecord; recordNumber++) {
      const seen = readRecord(run, shortFileIdentifier, recordNumber);
      answers.push(seen);
      run.records.push({ shortFileIdentifier, recordNumber, bytes: seen.response.data });
      for (const [tag, value] of seen.tags) {
        objects.set(tag, value);
        run.read.set(tag, value);
      }
    }
  }
  return answers.map((seen) => ({ ...seen, tags: objects }));
}

export function readRecord(run: CardRun, file: number, record: number): Seen {
  const seen = run.send(command(file, record));
  return { ...seen, value: seen.response.data };
}
