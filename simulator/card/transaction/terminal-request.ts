import { decodeNumeric, toHex } from '../../../emv/bytes.js';
import { type DataMap, valuesByDataObjectList } from '../../../emv/tlv/index.js';
import { readTerminalTransactionQualifiers, type TerminalTransactionQualifiers } from '../../../emv/values/index.js';

/** What the terminal said in GET PROCESSING OPTIONS, as far as the card's decision needs it. */
export interface TerminalRequest {
  /** Every value of the PDOL by tag. */
  readonly data: DataMap;
  /** Fen, or the smallest unit of another currency (9F02). */
  readonly amount: number;
  /** Upper-case hex (5F2A). */
  readonly currency: string;
  /** 9F66. */
  readonly qualifiers: TerminalTransactionQualifiers;
}

const QUALIFIERS_LENGTH = 4;

/** Splits the data of GET PROCESSING OPTIONS by the card's PDOL; `undefined` where the length is another. */
export function splitByDataObjectList(list: Uint8Array, values: Uint8Array): DataMap | undefined {
  const split = valuesByDataObjectList(list, values);
  return split?.rest.length === 0 ? split.values : undefined;
}

/** `undefined` where the amount is not of format n. */
export function readTerminalRequest(data: DataMap): TerminalRequest | undefined {
  const amount = decodeNumeric(data.get('9F02') ?? Uint8Array.of(0));
  if (amount === undefined) return undefined;
  const qualifiers = new Uint8Array(QUALIFIERS_LENGTH);
  qualifiers.set(data.get('9F66')?.subarray(0, QUALIFIERS_LENGTH) ?? []);
  return {
    data,
    amount,
    currency: toHex(data.get('5F2A') ?? new Uint8Array(2)),
    qualifiers: readTerminalTransactionQualifiers(qualifiers),
  };
}
