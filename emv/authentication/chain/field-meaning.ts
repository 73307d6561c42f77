import { decodeCompressedNumeric, toHex } from '../../bytes.js';
import { lastMonthOf } from '../certificate.js';
import type { ChainFieldName } from './chain.js';
import names from './field-names.json';

interface FieldDescription {
  readonly name: string;
  readonly nameZh: string;
  readonly kind?: string;
  readonly codes?: Readonly<Record<string, readonly string[]>>;
}

const descriptions: Readonly<Record<ChainFieldName, FieldDescription>> = names;

const cardNumberKinds = new Set(['card-number', 'card-data']);

/** Name in both languages, what the value means, and whether it has to be masked. */
export function describeField(field: ChainFieldName, value: Uint8Array | undefined) {
  const { name, nameZh, kind = '', codes } = descriptions[field];
  const meaning = value === undefined ? undefined : meaningOf(value, kind, codes);
  return {
    name,
    nameZh,
    ...(meaning && { meaning: meaning[0], meaningZh: meaning[1] }),
    ...(cardNumberKinds.has(kind) && { holdsCardNumber: true as const }),
  };
}

function meaningOf(
  value: Uint8Array,
  kind: string,
  codes: FieldDescription['codes'],
): readonly [string, string] | undefined {
  if (codes !== undefined) {
    const [en, zh] = codes[toHex(value)] ?? ['unknown', '未知'];
    return [en!, zh!];
  }
  if (kind === 'length') return [`${value[0]} ${value[0] === 1 ? 'byte' : 'bytes'}`, `${value[0]}字节`];
  if (kind === 'digits') return same(decodeCompressedNumeric(value));
  if (kind === 'month') {
    const month = lastMonthOf({ expiry: value });
    return month === undefined ? ['no month', '不是月份'] : [`to the end of ${month}`, `有效至${month}月底`];
  }
  return undefined;
}

const same = (text: string | undefined): readonly [string, string] | undefined =>
  text === undefined ? undefined : [text, text];
