import { equalBytes, toHex } from '../bytes.js';
import tables from './data/answer-to-reset.json';

/** Initial access data of 12 bytes by the PC/SC workgroup. */
const INTRODUCTION = Uint8Array.of(0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06);

const standards: Readonly<Record<string, string>> = tables.storageCardStandards;
const cards: Readonly<Record<string, string>> = tables.storageCards;

/** What the historical bytes that a reader makes up say of a card without commands. */
export interface StorageCard {
  /** `undefined` for a number that PC/SC has not given away. */
  readonly name?: string;
  /** Two bytes in hex. */
  readonly number: string;
  /** `ISO/IEC 14443 A, part 3`. */
  readonly standard?: string;
}

/** The storage card of such historical bytes (PC/SC part 3 §3.1.3.2.3.2), `undefined` for other cards. */
export function readStorageCard(historicalBytes: Uint8Array): StorageCard | undefined {
  if (!equalBytes(historicalBytes.subarray(0, INTRODUCTION.length), INTRODUCTION)) return undefined;
  const number = toHex(historicalBytes.subarray(9, 11));
  const name = cards[number];
  const standard = standards[toHex(historicalBytes.subarray(8, 9))];
  return { number, ...(name !== undefined && { name }), ...(standard && { standard }) };
}
