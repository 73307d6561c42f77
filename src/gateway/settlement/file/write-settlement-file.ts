import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { FileFormat, SettlementHead } from '../settlement.js';
import { fileWriters } from './file-writers.js';
import { readSettlementLines } from './read-settlement-lines.js';
import { TotalsSum } from './totals-sum.js';

const CHUNK_CHARACTERS = 64 * 1024;

/** The text of a settlement's file in chunks, as it is read from the books. */
export async function* writeSettlementFile(
  kysely: Kysely<Tables>,
  head: SettlementHead,
  format: FileFormat,
  previousSha256: string,
): AsyncGenerator<string> {
  const writer = fileWriters[format];
  const sum = new TotalsSum(head.partyKind);
  let text = writer.begin(head, previousSha256);
  let index = 0;
  for await (const line of readSettlementLines(kysely, head)) {
    sum.add(line);
    text += writer.line(line, index++);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text + writer.end(sum.totals);
}
