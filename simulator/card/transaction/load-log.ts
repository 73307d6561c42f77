import { concat, encodeNumeric, fromHex, toHex } from '../../../emv/bytes.js';
import { buildDataObjectList } from '../../../emv/tlv/index.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import type { ContactTransaction } from './contact-transaction.js';
import { logFileOf, withNewestEntry } from './log-file.js';

const AMOUNT_LENGTH = 6;

interface Loading {
  readonly p1: number;
  readonly p2: number;
  readonly application: CardApplication;
  readonly stage: { readonly transaction: ContactTransaction };
}

/**
 * A load in front of the load log: P1 and P2 of the command, the balance before and the one that was loaded, then the
 * values of DF4F (JR/T 0025.13-2013 8). A card without DF4D and DF4F keeps none.
 */
export function withLoadLogEntry(
  { p1, p2, application: { data }, stage: { transaction } }: Loading,
  after: ApplicationState,
  { old, loaded }: { readonly old: number; readonly loaded: number },
): ApplicationState {
  const format = data.DF4F;
  if (data.DF4D === undefined || format === undefined) return after;
  const counter = ['9F36', encodeCounter(transaction.applicationTransactionCounter)] as const;
  const values = buildDataObjectList(fromHex(format), new Map([...transaction.terminalData, counter]));
  const amounts = [old, loaded].map((amount) => encodeNumeric(amount, AMOUNT_LENGTH));
  const entry = toHex(concat(Uint8Array.of(p1, p2), ...amounts, values));
  return { ...after, loadLog: withNewestEntry(after.loadLog, entry, logFileOf(data, 'DF4D')) };
}
