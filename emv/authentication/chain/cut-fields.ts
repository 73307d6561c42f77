import type { PublicKeyAlgorithm } from '../../keys/index.js';
import { TRANSACTION_HASH_LENGTH } from '../verify-cda.js';
import type { SignedThing } from '../witness.js';
import type { ChainFieldName } from './chain.js';
import layouts from './layouts.json';

/** A field as it lies in what was opened, or as the card or the terminal gave it. */
export interface RawField {
  readonly field: ChainFieldName;
  readonly value?: Uint8Array | undefined;
  readonly tag?: string;
  readonly meaning?: string;
  readonly meaningZh?: string;
}

/** Name and length in bytes: a number, the field that tells it, or what the ones behind it leave. */
type Row = readonly [field: string, length: number | string];

/**
 * Cuts opened bytes into the fields of EMV 4.3 Book 2 tables 6, 7, 14, 16 and JR/T 0025.17-2013 tables of clause 7.
 * Where they are too short for a field, it is as long as they are.
 */
export function cutFields(
  thing: SignedThing,
  algorithm: PublicKeyAlgorithm,
  content: Uint8Array,
  isCombined: boolean,
): RawField[] {
  const rows = layouts[thing][algorithm] as unknown as readonly Row[];
  const fields: RawField[] = [];
  let offset = 0;
  for (const [position, [field, length]] of rows.entries()) {
    const room = content.length - offset - fixedLength(rows.slice(position + 1));
    const told = fields.find((one) => one.field === length)?.value?.[0] ?? 0;
    const end =
      offset + Math.max(0, typeof length === 'number' ? length : length === 'rest' ? room : Math.min(told, room));
    const value = content.subarray(offset, end);
    offset = end;
    if (field === 'dynamicData') fields.push(...cutDynamicData(value, algorithm, isCombined));
    else if (value.length > 0) fields.push({ field: field as ChainFieldName, value });
  }
  return fields;
}

const fixedLength = (rows: readonly Row[]): number =>
  rows.reduce((sum, [, length]) => sum + (typeof length === 'number' ? length : 0), 0);

/** The number, and in CDA cryptogram information, cryptogram and hash (EMV 4.3 Book 2 table 17). */
function cutDynamicData(data: Uint8Array, algorithm: PublicKeyAlgorithm, isCombined: boolean): RawField[] {
  const lengths: (readonly [ChainFieldName, number])[] = [
    ['iccDynamicNumberLength', 1],
    ['iccDynamicNumber', data[0] ?? 0],
  ];
  if (isCombined) {
    lengths.push(
      ['cryptogramInformationData', 1],
      ['applicationCryptogram', 8],
      ['transactionDataHash', TRANSACTION_HASH_LENGTH[algorithm]],
    );
  }
  lengths.push(['otherDynamicData', data.length]);
  let offset = 0;
  return lengths.flatMap(([field, length]) => {
    const value = data.subarray(offset, offset + length);
    offset += length;
    return value.length > 0 ? [{ field, value }] : [];
  });
}
