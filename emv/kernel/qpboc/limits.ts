import { decodeNumeric } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import { floorLimit } from '../floor-limit.js';
import { proceed, type Step, useAnotherInterface } from '../transaction-outcome.js';

/** The terminal's contactless limits in fen; one that it does not have is above every amount. */
export interface Limits {
  readonly floor: number;
  readonly transaction: number;
  readonly cardholderVerification: number;
}

/** DF19, DF20 and DF21; without DF19 the terminal's floor limit 9F1B. One that is no number must not count as none. */
export function readLimits(data: DataMap): Step<Limits> {
  const tags = { floor: data.has('DF19') ? 'DF19' : '9F1B', transaction: 'DF20', cardholderVerification: 'DF21' };
  const limits = { floor: 0, transaction: 0, cardholderVerification: 0 };
  for (const name of ['floor', 'transaction', 'cardholderVerification'] as const) {
    const limit = readLimit(tags[name], data);
    if (limit === undefined) return useAnotherInterface('terminal-data-missing', { tag: tags[name] });
    limits[name] = limit;
  }
  return proceed(limits);
}

function readLimit(tag: string, data: DataMap): number | undefined {
  const value = data.get(tag);
  if (value === undefined) return Number.POSITIVE_INFINITY;
  return tag === '9F1B' ? floorLimit(data) : decodeNumeric(value);
}
