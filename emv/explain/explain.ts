import { toHex } from '../bytes.js';
import { type DataMap, type DataObject, decode, flatten } from '../tlv/index.js';
import { cardNumbersOf, maskOwnNumber, redactHex } from './card-number.js';
import { describeValue } from './describe-value.js';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { knownName, unknownName } from './lists.js';

/**
 * Every data object of a BER-TLV input with its name, what its value says, and its bits. Unless `showPan`, no card
 * number is left anywhere: neither where its tag stands, nor where the same digits come again in other values. Throws
 * `TlvError` where the input is not BER-TLV, and nothing else.
 *
 * @example explain(fromHex('9F1A020156'))  // [{ tag: '9F1A', name: 'Terminal Country Code', value: '0156', meaning: 'China' }]
 */
export function explain(bytes: Uint8Array, options: ExplainOptions = {}): ExplainedObject[] {
  const objects = decode(bytes);
  return explainObjects(objects, options, cardNumbersOf(objects), flatten(objects));
}

/** The same for objects that have been decoded; `data` is where amounts find their currency. */
export function explainObjects(
  objects: readonly DataObject[],
  options: ExplainOptions,
  numbers: ReadonlySet<string>,
  data: DataMap,
): ExplainedObject[] {
  return objects.map(({ tag, value, children }) => {
    const language = options.language ?? 'en';
    const head = { tag, name: knownName(tag, language) ?? unknownName(language) };
    if (children !== undefined) return { ...head, children: explainObjects(children, options, numbers, data) };
    return { ...head, ...explainValue(tag, value, options, numbers, data) };
  });
}

function explainValue(
  tag: string,
  value: Uint8Array,
  options: ExplainOptions,
  numbers: ReadonlySet<string>,
  data: DataMap,
): Pick<ExplainedObject, 'value' | 'meaning' | 'bits'> {
  const hex = toHex(value);
  if (options.showPan) return { value: hex, ...describeValue(tag, value, { ...options, data }) };
  const own = maskOwnNumber(tag, value);
  if (own !== undefined) return { value: redactHex(own, numbers), ...describeValue(tag, value, { ...options, data }) };
  const shown = redactHex(hex, numbers);
  // What a value says would say the number again.
  return shown === hex ? { value: hex, ...describeValue(tag, value, { ...options, data }) } : { value: shown };
}
