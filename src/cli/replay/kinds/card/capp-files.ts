import type { CardProfile } from '../../../../../simulator/index.js';
import { VectorError } from '../../vector-error.js';

export type CappFiles = NonNullable<CardProfile['applications'][number]['smallPayment']>['files'];

const RECORD_LENGTH_MAX = 255;
const FILE_LENGTH_MAX = 0xffff;

/** "SFI 0x15-0x1D": "variable length CAPP files, 1024 bytes"; "SFI 0x1E": "cyclic, 128-byte records, 10". */
export function cappFiles(key: string, text: string): CappFiles {
  const range = [...key.matchAll(/0x([0-9A-F]{2})/g)].map(([, hex]) => Number.parseInt(hex!, 16));
  const [first, last = first] = range;
  const [, size] = /variable.* (\d+) bytes/.exec(text) ?? [];
  const [, length, most] = /cyclic, (\d+)-byte records, (\d+)/.exec(text) ?? [];
  if (first === undefined || last! < first || (size === undefined && length === undefined)) {
    throw new VectorError(`cardConfig.${key}`, `${text} not known`);
  }
  if (Number(length ?? 0) > RECORD_LENGTH_MAX || Number(size ?? 0) > FILE_LENGTH_MAX) {
    throw new VectorError(`cardConfig.${key}`, `${text}: longer than a file can be`);
  }
  const record = size === undefined ? '00'.repeat(Number(length)) : `00017D0100${'00'.repeat(123)}`;
  const records = size === undefined ? [record, record] : [record];
  return Array.from({ length: last! - first + 1 }, (_, index) => ({
    shortFileIdentifier: first + index,
    length: Number(size ?? length),
    recordsMax: Number(most ?? 10),
    records,
  }));
}
