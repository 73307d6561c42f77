import { onceFor } from '../../../emv/once-for.js';
import definitions from './card-additional-processes.json' with { type: 'json' };
import { encodeNamedBits, namedBits } from './named-bits.js';

/** What the issuer chose in card additional processes, 9F68 (JR/T 0025.12-2013 table 13). */
export type CardAdditionalProcess = keyof typeof definitions;

const TAG = '9F68';
const LENGTH = 4;

export const cardAdditionalProcesses = Object.keys(definitions) as CardAdditionalProcess[];

export function encodeCardAdditionalProcesses(names: readonly CardAdditionalProcess[]): Uint8Array {
  return encodeNamedBits(
    TAG,
    LENGTH,
    names.map((name) => definitions[name].bit),
  );
}

/** Without 9F68 a card does the low-value check (JR/T 0025.12-2013 7.9.2). */
export const cardAdditionalProcessesOf = onceFor(
  (data: Readonly<Record<string, string>>): ReadonlySet<CardAdditionalProcess> => {
    if (data[TAG] === undefined) return new Set(['low-value']);
    const bits = namedBits(TAG, data[TAG]);
    return new Set(cardAdditionalProcesses.filter((name) => bits.has(definitions[name].bit)));
  },
);
