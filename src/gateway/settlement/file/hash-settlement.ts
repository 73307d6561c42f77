import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { FileFormat, SettlementHead, SettlementLine, SettlementTotals } from '../settlement.js';
import { fileFormats, fileWriters } from './file-writers.js';
import { readSettlementLines } from './read-settlement-lines.js';
import { TotalsSum } from './totals-sum.js';

export interface HashedSettlement {
  readonly totals: SettlementTotals;
  readonly sha256: Readonly<Record<FileFormat, string>>;
}

const CHUNK_CHARACTERS = 64 * 1024;

/** Totals and hashes of all files of a settlement in one reading. `onLine` sees each line as it passes. */
export async function hashSettlement(
  kysely: Kysely<Tables>,
  head: SettlementHead,
  previousSha256: Readonly<Record<FileFormat, string>>,
  onLine: (line: SettlementLine) => void = () => {},
): Promise<HashedSettlement> {
  const sum = new TotalsSum(head.partyKind);
  const files = fileFormats.map((format) => ({
    format,
    writer: fileWriters[format],
    hash: createHash('sha256'),
    text: fileWriters[format].begin(head, previousSha256[format]),
  }));
  let index = 0;
  for await (const line of readSettlementLines(kysely, head)) {
    sum.add(line);
    onLine(line);
    for (const file of files) {
      file.text += file.writer.line(line, index);
      if (file.text.length < CHUNK_CHARACTERS) continue;
      file.hash.update(file.text);
      file.text = '';
    }
    index++;
  }
  const sha256: Record<string, string> = {};
  for (const { format, writer, hash, text } of files) {
    sha256[format] = hash.update(text + writer.end(sum.totals)).digest('hex');
  }
  return { totals: sum.totals, sha256: sha256 as HashedSettlement['sha256'] };
}
