import { isDeepStrictEqual } from 'node:util';
import type { FuzzTarget } from './fuzz-target.js';

/** What came of one input: a result, or a refusal with its code. */
export type Outcome = { readonly value: unknown } | { readonly refusal: string };

/** Runs a target once; throws where it threw something else than a coded refusal. */
export async function outcomeOf(target: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  try {
    const value = target.run(input);
    return { value: value instanceof Promise ? await value : value };
  } catch (error) {
    if (!target.refusals.some((known) => error instanceof known)) throw error;
    const { code, message } = error as Error & { code: unknown };
    if (typeof code !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) {
      throw new Error(`a refusal without a stable code: ${code} (${message})`);
    }
    return { refusal: code };
  }
}

/** As {@link outcomeOf}, twice: the input must be left as it was, and come to the same end again. */
export async function tryInput(target: FuzzTarget, input: Uint8Array): Promise<Outcome> {
  const given = Uint8Array.from(input);
  const outcome = await outcomeOf(target, given);
  if (Buffer.compare(given, input) !== 0) throw new Error('the input was changed');
  const again = await outcomeOf(target, Uint8Array.from(input));
  if (!isDeepStrictEqual(outcome, again)) throw new Error('another result the second time');
  return outcome;
}

/** What is new about an outcome, coarsely: inputs that bring a new one are kept and altered further. */
export const noveltyOf = (outcome: Outcome): string =>
  'refusal' in outcome ? outcome.refusal : shapeOf(outcome.value, DEPTH);

const DEPTH = 4;
const KEYS_MAX = 12;

function shapeOf(value: unknown, depth: number): string {
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? word(value) : typeof value;
  if (value instanceof Uint8Array) return `b${magnitude(value.length)}`;
  if (depth === 0) return 'o';
  if (Array.isArray(value)) {
    const items = value.slice(0, KEYS_MAX).map((item) => shapeOf(item, depth - 1));
    return `[${magnitude(value.length)}${[...new Set(items)].join()}]`;
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${entries
    .slice(0, KEYS_MAX)
    .map(([key, item]) => `${key}${shapeOf(item, depth - 1)}`)
    .join()}}`;
}

/** Codes such as `card-expired` tell apart; values do not. */
const word = (text: string): string => (/^[a-z]+(-[a-z]+)+$/.test(text) ? text : 's');

const magnitude = (length: number): number => Math.ceil(Math.log2(length + 1));
