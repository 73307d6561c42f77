import { parseTapRecord, type TapIssue, type TapRecord } from '../../../tap/index.js';
import { type ExamineOptions, examineRecord } from './examine-record.js';
import type { ExaminedRecord } from './examined-record.js';

/** What the books keep of a record in clear. */
export type TappedRecord = Omit<TapRecord, 'evidence'>;

/** A tap that was read and examined. Its text goes through other threads to whoever keeps it, and nobody else reads it. */
export interface ReadTap {
  readonly operator: string;
  /** JSON of {@link TapText}. */
  readonly text: string;
  readonly sealed: Uint8Array;
}

export interface TapText {
  readonly record: TappedRecord;
  readonly examined: Omit<ExaminedRecord, 'sealed'>;
}

/** `notJson`: what the engine says of it, which may repeat the text. */
export type Reading = ReadTap | { readonly notJson: string } | { readonly issues: readonly TapIssue[] };

/** Reads a tap record from its JSON, and examines it. */
export function readText(text: string, options: ExamineOptions): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { notJson: (error as Error).message };
  }
  const parsed = parseTapRecord(value);
  if (!parsed.ok) return { issues: parsed.issues };
  return toReadTap(parsed.record, examineRecord(parsed.record, options, parsed.bytes));
}

/** Field by field: what is left of an object without one of its fields takes as long to be made as its text. */
export function toReadTap(whole: TapRecord, found: ExaminedRecord): ReadTap {
  const { amountFen, at, event, operator, place, sequence, service, terminal, version } = whole;
  const { cardMask, cardToken, contentHash, id, identity, isCryptogramVerified, proof, refusal, sealed } = found;
  const said: TapText = {
    record: { version, operator, terminal, sequence, at, service, event, place, amountFen },
    examined: { id, identity, contentHash, cardToken, cardMask, proof, isCryptogramVerified, refusal },
  };
  return { operator, text: JSON.stringify(said), sealed };
}
