import { decodeBinary, decodeNumeric, fromHex, toHex } from '../../bytes.js';
import data from '../data/log-formats.json';
import { explainListed } from '../explain-bytes.js';
import type { ExplainedObject, ExplainOptions } from '../explained-object.js';
import { knownName } from '../lists.js';
import { formatAmount } from '../money.js';
import { part } from '../part.js';
import type { LogKind } from './session-step.js';

const HEADER_LENGTH = 14;
const WHOLE_RECORD_LENGTH = 22;
const MAC_LENGTH = 4;

/** The tag that holds the format of a log. */
export const formatTagOf = (kind: LogKind): string => data.formats[kind].tag;

/**
 * A record of a transaction or load log by its format (9F4F, DF4F), or by the one that PBOC recommends where the card
 * has not told its own (JR/T 0025.13-2013). `undefined` where the bytes do not fit it.
 */
export function explainLogRecord(
  kind: LogKind,
  bytes: Uint8Array,
  format: Uint8Array | undefined,
  options: ExplainOptions,
): ExplainedObject[] | undefined {
  const list = format ?? fromHex(data.formats[kind].recommended);
  if (kind === 'transaction') return explainListed(bytes, list, options);
  if (bytes.length < HEADER_LENGTH) return undefined;
  const fields = explainListed(bytes.subarray(HEADER_LENGTH), list, options);
  return fields && [...explainChange(bytes, options), ...fields];
}

/** All of a load log as READ RECORD gives it with P1 00: counter, number, records, MAC (JR/T 0025.13-2013). */
export function explainWholeLoadLog(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] | undefined {
  const count = bytes[2];
  if (count === undefined || bytes.length !== 3 + count * WHOLE_RECORD_LENGTH + MAC_LENGTH) return undefined;
  const format = fromHex(data.wholeLogFormat);
  const records = Array.from({ length: count }, (_, index) => {
    const record = bytes.subarray(3 + index * WHOLE_RECORD_LENGTH, 3 + (index + 1) * WHOLE_RECORD_LENGTH);
    const fields = explainListed(record.subarray(HEADER_LENGTH), format, options) ?? [];
    return { ...named('RECORD', options), children: [...explainChange(record, options), ...fields] };
  });
  const counter = bytes.subarray(0, 2);
  return [
    part('ATC', counter, options, `${decodeBinary(counter)}`),
    part('COUNT', bytes.subarray(2, 3), options, `${count}`),
    ...records,
    part('MAC', bytes.subarray(-MAC_LENGTH), options),
  ];
}

/** Parameters of PUT DATA, value before and value after. */
function explainChange(bytes: Uint8Array, options: ExplainOptions): ExplainedObject[] {
  const tag = toHex(bytes.subarray(0, 2));
  const name = knownName(tag, options.language ?? 'en');
  const value = (name: 'BEFORE' | 'AFTER', from: number): ExplainedObject => {
    const amount = bytes.subarray(from, from + 6);
    const number = decodeNumeric(amount);
    const meaning = number === undefined ? undefined : formatAmount(number, tag, options.session?.data);
    return part(name, amount, options, meaning);
  };
  return [
    { ...named('P1P2', options), value: tag, ...(name !== undefined && { meaning: name }) },
    value('BEFORE', 2),
    value('AFTER', 8),
  ];
}

const named = (tag: keyof typeof data.loadParts, { language }: ExplainOptions) => ({
  tag,
  name: language === 'zh' ? data.loadParts[tag].nameZh : data.loadParts[tag].name,
});
