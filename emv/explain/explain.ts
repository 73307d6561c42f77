import { toHex } from '../bytes.js';
import { type Kernel, kernelOf, type TagContext } from '../tags/index.js';
import { type DataMap, type DataObject, decode, flatten } from '../tlv/index.js';
import { cardNumbersOf, maskOwnNumber } from './card-number.js';
import { type CardNumbers, createCardNumbers } from './card-numbers.js';
import { describeValue } from './describe-value.js';
import type { DescribeOptions, ExplainedObject, ExplainOptions } from './explained-object.js';
import { nameOf } from './lists.js';

/**
 * Every data object of a BER-TLV input with its name, what its value says, and its bits. Unless `showPan`, no card
 * number is left anywhere: neither where its tag stands, nor where the same digits come again in other values. Throws
 * `TlvError` where the input is not BER-TLV, and nothing else.
 *
 * @example explain(fromHex('9F1A020156'))  // [{ tag: '9F1A', name: 'Terminal Country Code', value: '0156', meaning: 'China' }]
 */
export function explain(bytes: Uint8Array, options: ExplainOptions = {}): ExplainedObject[] {
  return explainWithContext(decode(bytes), options);
}

/** The same for objects that have been decoded: card numbers and currencies are theirs, or those of the session. */
export function explainWithContext(objects: readonly DataObject[], options: ExplainOptions): ExplainedObject[] {
  const { session } = options;
  const own = flatten(objects);
  const numbers = session?.cardNumbers ?? createCardNumbers(cardNumbersOf(objects));
  const data = session === undefined ? own : new Map([...session.data, ...own]);
  return explainObjects(objects, { ...options, data, context: contextOf(data, session?.kernel) }, numbers);
}

/** Tags that say which application was chosen, the card's answer first. */
const APPLICATION_TAGS = ['84', '9F06', '4F'];

function contextOf(data: DataMap, ofSession: Kernel | undefined): TagContext {
  const own = APPLICATION_TAGS.map((tag) => kernelOf(data.get(tag) ?? new Uint8Array())).find(Boolean);
  const kernel = own ?? ofSession;
  return kernel === undefined ? {} : { kernel };
}

function explainObjects(
  objects: readonly DataObject[],
  options: DescribeOptions,
  numbers: CardNumbers,
): ExplainedObject[] {
  return objects.map(({ tag, value, children }) => {
    const { language = 'en', context } = options;
    const head = { tag, name: nameOf(tag, language, context) };
    if (children === undefined) return { ...head, ...explainValue(tag, value, options, numbers) };
    const inside = { ...options, context: { ...context, within: tag } };
    return { ...head, children: explainObjects(children, inside, numbers) };
  });
}

/** Identifiers of merchants, terminals and devices, random numbers, cryptograms: digits there are no card number's. */
const NEVER_A_CARD_NUMBER = new Set(['9F16', '9F1C', '9F1E', '9F26', '9F37']);

function explainValue(
  tag: string,
  value: Uint8Array,
  options: DescribeOptions,
  numbers: CardNumbers,
): Pick<ExplainedObject, 'value' | 'meaning' | 'bits'> {
  const hex = toHex(value);
  if (options.showPan) return { value: hex, ...describeValue(tag, value, options) };
  const own = maskOwnNumber(tag, value);
  if (own !== undefined) return { value: numbers.redact(own), ...describeValue(tag, value, options) };
  const shown = numbers.redact(hex, { knownOnly: NEVER_A_CARD_NUMBER.has(tag) });
  // What a value says would say the number again.
  return shown === hex ? { value: hex, ...describeValue(tag, value, options) } : { value: shown };
}
