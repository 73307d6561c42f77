import { createHash, type Hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { FileFormat, SettlementHead, SettlementLine, SettlementTotals } from '../settlement.js';
import type { FileWriter } from './file-writer.js';
import { fileFormats, fileWriters } from './file-writers.js';
import { readSettlementLines } from './read-settlement-lines.js';
import { TotalsSum } from './totals-sum.js';

export interface HashedSettlement {
  readonly totals: SettlementTotals;
  readonly sha256: Readonly<Record<FileFormat, string>>;
}

const CHUNK_CHARACTERS = 64 * 1024;

/** Totals and hashes of all files of a settlement while its lines pass. */
export class SettlementHash {
  readonly #sum: TotalsSum;
  readonly #files: { format: FileFormat; writer: FileWriter; hash: Hash; text: string }[];
  #index = 0;

  constructor(head: SettlementHead, previousSha256: Readonly<Record<FileFormat, string>>) {
    this.#sum = new TotalsSum(head.partyKind);
    this.#files = fileFormats.map((format) => ({
      format,
      writer: fileWriters[format],
      hash: createHash('sha256'),
      text: fileWriters[format].begin(head, previousSha256[format]),
    }));
  }

  add(line: SettlementLine): void {
    this.#sum.add(line);
    for (const file of this.#files) {
      file.text += file.writer.line(line, this.#index);
      if (file.text.length < CHUNK_CHARACTERS) continue;
      file.hash.update(file.text);
      file.text = '';
    }
    this.#index++;
  }

  finish(): HashedSettlement {
    const { totals } = this.#sum;
    const sha256: Record<string, string> = {};
    for (const { format, writer, hash, text } of this.#files) {
      sha256[format] = hash.update(text + writer.end(totals)).digest('hex');
    }
    return { totals, sha256: sha256 as HashedSettlement['sha256'] };
  }
}

/** Reads a settlement of a closed day and hashes its files. */
export async function hashSettlement(
  kysely: Kysely<Tables>,
  head: SettlementHead,
  previousSha256: Readonly<Record<FileFormat, string>>,
): Promise<HashedSettlement> {
  const hash = new SettlementHash(head, previousSha256);
  for await (const line of readSettlementLines(kysely, head)) hash.add(line);
  return hash.finish();
}
