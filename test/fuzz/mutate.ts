import type { FuzzTarget } from './fuzz-target.js';
import { mutateJson } from './mutate-json.js';
import type { Random } from './random.js';

const LENGTH_MAX = 4096;
const CHUNK_MAX = 32;

/** Bytes at which decoders part: signs, lengths, tags of more bytes, digits, brackets. */
const BOUNDARIES = [
  0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0xfe, 0x1f, 0x5f, 0x9f, 0xdf, 0x6f, 0x70, 0x77, 0xa5, 0xbf,
];

const WORDS = [
  '',
  '0',
  '-1',
  '1e999',
  '99999999999999999999',
  'null',
  '__proto__',
  '\u0000',
  '\uFFFD',
  '甬',
  '*a',
  '&a',
];

type Mutation = (input: Uint8Array, random: Random, corpus: readonly Uint8Array[]) => Uint8Array;

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

function changed(input: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  if (input.length === 0) return random.bytes(1);
  const copy = Uint8Array.from(input);
  const place = random.below(copy.length);
  copy[place] = change(copy[place]!);
  return copy;
}

const cutAt = (input: Uint8Array, random: Random): [number, number] => {
  const start = random.below(input.length + 1);
  return [start, Math.min(input.length, start + 1 + random.below(CHUNK_MAX))];
};

const byteMutations: readonly Mutation[] = [
  (input, random) => changed(input, random, (byte) => byte ^ (1 << random.below(8))),
  (input, random) => changed(input, random, () => random.pick(BOUNDARIES)),
  (input, random) => changed(input, random, (byte) => byte + 1 - 2 * random.below(2)),
  (input, random) => changed(input, random, () => random.below(256)),
  (input, random) => {
    const [start, end] = cutAt(input, random);
    return join(input.subarray(0, start), input.subarray(end));
  },
  (input, random) => {
    const [start, end] = cutAt(input, random);
    return join(input.subarray(0, end), input.subarray(start, end), input.subarray(end));
  },
  (input, random) => {
    const place = random.below(input.length + 1);
    return join(input.subarray(0, place), random.bytes(1 + random.below(8)), input.subarray(place));
  },
  (input, random) => input.subarray(0, random.below(input.length + 1)),
  (input, random, corpus) => {
    const other = random.pick(corpus);
    return join(input.subarray(0, random.below(input.length + 1)), other.subarray(random.below(other.length + 1)));
  },
  (input, random, corpus) => {
    const place = random.below(input.length + 1);
    const other = random.pick(corpus);
    const [start, end] = cutAt(other, random);
    return join(input.subarray(0, place), other.subarray(start, end), input.subarray(place));
  },
];

const textMutations: readonly Mutation[] = [
  ...byteMutations,
  (input, random) => {
    const place = random.below(input.length + 1);
    return join(input.subarray(0, place), Buffer.from(random.pick(WORDS)), input.subarray(place));
  },
  (input, random) => {
    const lines = Buffer.from(input).toString().split('\n');
    const [from, to] = [random.below(lines.length), random.below(lines.length)];
    lines.splice(to, random.below(2), lines[from]!);
    return Buffer.from(lines.join('\n'));
  },
];

const mutationsOf = { bytes: byteMutations, text: textMutations, json: textMutations };
/** Of so many JSON documents one is altered as text, and then mostly none any more. */
const AS_TEXT = 5;

/** An input that is altered at one place or a few, never longer than 4 kB or twice what it was. */
export function mutate(target: FuzzTarget, corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const form = target.form ?? 'bytes';
  const asText = form !== 'json' || random.below(AS_TEXT) === 0;
  let input = random.pick(corpus);
  const lengthMax = Math.max(LENGTH_MAX, input.length * 2);
  for (let count = 1 + random.below(4); count > 0; count--) {
    const inPlace = asText ? undefined : mutateJson(input, random);
    input = inPlace ?? random.pick(mutationsOf[form])(input, random, corpus);
  }
  return input.subarray(0, lengthMax);
}
