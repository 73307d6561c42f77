import { toHex } from '../../../../../../emv/index.js';
import { VectorError } from '../../../vector-error.js';

type Vary = Readonly<Record<string, string | readonly string[]>>;

/** Two bytes, as P1 and P2 of GET DATA hold them. */
const TAG_MAX = 0xffff;

function* everyTag(from: number, to: number): Generator<string> {
  for (let tag = from; tag <= to; tag++) yield tag.toString(16).toUpperCase().padStart(4, '0');
}

/** `9F50-9F7F`, or one tag. */
export function tagsOfRange(range: string): string[] {
  const [from, to = from] = range.split('-').map((hex) => Number.parseInt(hex, 16));
  if (from === undefined || Number.isNaN(from) || Number.isNaN(to) || to! > TAG_MAX)
    throw new VectorError('step', `not a range of tags: ${range}`);
  return [...everyTag(from, to!)];
}

/**
 * `{NAME}` becomes each value of its variation, `84..8F` all in between; `{UN}` is an unpredictable number, `{ATC}` the
 * counter of the transaction.
 */
export function variationsOf(apdu: string, vary: Vary, counter: Uint8Array): string[] {
  const whole = apdu.replaceAll(' ', '').replaceAll('{UN}', '11223344').replaceAll('{ATC}', toHex(counter));
  const all = Object.entries(vary).reduce(
    (texts, [name, range]) =>
      valuesOf(range).flatMap((value) => texts.map((text) => text.replaceAll(`{${name}}`, value))),
    [whole],
  );
  const left = /\{(\w+)\}/.exec(all[0] ?? '');
  if (left) throw new VectorError('step', `the command does not say what {${left[1]}} is`);
  const odd = all.find((hex) => !/^([0-9A-Fa-f]{2})*$/.test(hex));
  if (odd !== undefined) throw new VectorError('step', `not a command: ${odd}`);
  return all;
}

function valuesOf(range: string | readonly string[]): readonly string[] {
  if (typeof range !== 'string') return range;
  const [, first, last] = /^([0-9A-F]{2})\.\.([0-9A-F]{2})$/i.exec(range) ?? [];
  if (first === undefined) return range.split(',').map((value) => value.trim());
  return [...everyTag(Number.parseInt(first, 16), Number.parseInt(last!, 16))].map((hex) => hex.slice(2));
}
