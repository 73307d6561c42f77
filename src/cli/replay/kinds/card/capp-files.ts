import { toHex } from '../../../../../emv/index.js';
import type { CardProfile } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';
import { recordsInUse } from './capp-records.js';
import type { Step } from './step-schema.js';

export type CappFiles = NonNullable<CardProfile['applications'][number]['smallPayment']>['files'];

const RECORD_LENGTH_MAX = 255;
const FILE_LENGTH_MAX = 0xffff;
const CYCLIC_RECORDS = 2;
/** Valid, kept for segment deduction, not locked (JR/T 0025.14-2013 B.1). */
const HEADER = [0x01, 0x01, 0x00];

/**
 * "SFI 0x15-0x1D": "variable length CAPP files, 1024 bytes"; "SFI 0x1E": "cyclic, 128-byte records, 10". The files hold
 * what the steps take for granted.
 */
export function cappFiles(key: string, text: string, steps: readonly Step[]): CappFiles {
  const range = [...key.matchAll(/0x([0-9A-F]{2})/gi)].map(([, hex]) => Number.parseInt(hex!, 16));
  const [, size] = /variable.* (\d+) bytes/.exec(text) ?? [];
  const [, length, most] = /cyclic, (\d+)-byte records, (\d+)/.exec(text) ?? [];
  const [first, last = first] = range;
  if (first === undefined || last! < first || (size === undefined && length === undefined)) {
    throw new VectorError(`cardConfig.${key}`, `${text} not known`);
  }
  if (Number(length ?? 0) > RECORD_LENGTH_MAX || Number(size ?? 0) > FILE_LENGTH_MAX) {
    throw new VectorError(`cardConfig.${key}`, `${text}: longer than a file can be`);
  }
  return Array.from({ length: last! - first + 1 }, (_, index) => {
    const shortFileIdentifier = first + index;
    const records =
      size === undefined
        ? cyclicRecords(Number(length), steps, shortFileIdentifier)
        : variableRecords(steps, shortFileIdentifier);
    return { shortFileIdentifier, length: Number(size ?? length), recordsMax: Number(most ?? 10), records };
  });
}

function cyclicRecords(length: number, steps: readonly Step[], shortFileIdentifier: number): string[] {
  if (recordsInUse(steps, shortFileIdentifier).isAppendedFirst) return [];
  return Array.from({ length: CYCLIC_RECORDS }, () => '00'.repeat(length));
}

function variableRecords(steps: readonly Step[], shortFileIdentifier: number): string[] {
  const { variable, isTouched } = recordsInUse(steps, shortFileIdentifier);
  const records = isTouched ? variable : new Map([['0001', 125]]);
  return [...records].map(([identifier, length]) => {
    const data = Array.from({ length }, (_, index) => HEADER[index] ?? 0);
    return identifier + toHex(Uint8Array.of(length, ...data));
  });
}
