import { z } from 'zod';
import { fromHex } from '../../../emv/bytes.js';
import { CYCLIC_FILE, isWholeRecord } from '../../card/index.js';
import { anyHex, fen } from './fields.js';

/** A file of the small-payment extension. */
const cappFile = z
  .strictObject({
    shortFileIdentifier: z
      .int()
      .min(0x13)
      .max(0x1e)
      .describe('0x15 metro, 0x16 bus, 0x17 toll, 0x18 parking, 0x19 rail, 0x1A and 0x1B the bank’s, 0x1E cyclic'),
    length: z
      .int()
      .min(1)
      .max(32_767)
      .describe('bytes: of all records of a variable file, of each record of the cyclic one'),
    recordsMax: z.int().min(1).max(255).default(10).describe('records that the cyclic file keeps'),
    records: z.array(anyHex).default([]).describe('records in hex that are there already'),
  })
  .refine((file) => fitsFile(file), {
    path: ['records'],
    message: 'must be records that the file has room for, with their length in the third byte',
  });

interface FilledFile {
  readonly shortFileIdentifier: number;
  readonly length: number;
  readonly recordsMax: number;
  readonly records: readonly string[];
}

function fitsFile({ records, recordsMax, shortFileIdentifier, length }: FilledFile): boolean {
  if (shortFileIdentifier === CYCLIC_FILE) {
    return records.length <= recordsMax && records.every((record) => record.length === length * 2);
  }
  return records.every((record) => isWholeRecord(fromHex(record))) && records.join('').length <= length * 2;
}

/** The small-payment extension (JR/T 0025.14-2013; files: annex C). */
export const smallPayment = z.strictObject({
  preAuthorization: z.boolean().default(true).describe('amounts may be frozen first, beside segment deduction (DF61)'),
  responseMac: z.boolean().default(false).describe('the card protects what it answers (DF61 1.8)'),
  offsetLimitFen: fen.default(0).describe('how far a fare may go beyond the balance (DF62)'),
  files: z
    .array(cappFile)
    .min(1)
    .refine((files) => new Set(files.map((file) => file.shortFileIdentifier)).size === files.length, {
      message: 'must have each short file identifier once',
    })
    .describe('the trades’ files'),
});
