import { parseTapRecord, type TapIssue, type TapRecord } from '../../../tap/index.js';
import { type ExamineOptions, examineRecord } from './examine-record.js';
import type { ExaminedRecord } from './examined-record.js';

/** What the books keep of a record in clear. */
export type TappedRecord = Omit<TapRecord, 'evidence'>;

export interface ReadTap {
  readonly record: TappedRecord;
  readonly examined: ExaminedRecord;
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
  const examined = examineRecord(parsed.record, options, parsed.bytes);
  const { evidence: _evidence, ...record } = parsed.record;
  return { record, examined };
}
