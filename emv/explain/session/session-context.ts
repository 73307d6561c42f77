import { flatten, tryDecode } from '../../tlv/index.js';
import { cardNumbersOf, packedNumbers } from '../card-number.js';
import { createCardNumbers } from '../card-numbers.js';
import { cardNumbersOfLayout } from '../explain-layout.js';
import type { ExplainSessionContext } from '../explained-object.js';
import { findTagLayout } from '../file-layouts.js';
import { commandValues } from './command-values.js';
import type { SessionStep } from './session-step.js';

/** Where amounts look for their currency. */
const CURRENCIES = new Set(['5F2A', '9F3C', '9F42', '9F51', 'DF71']);

/** What every step of a session is explained with: its card numbers, wherever they stand, and its currencies. */
export function sessionContext(steps: readonly SessionStep[]): ExplainSessionContext {
  const numbers = new Set<string>();
  const data = new Map<string, Uint8Array>();
  for (const step of steps) {
    for (const number of numbersOf(step)) numbers.add(number);
    for (const [tag, value] of [...commandValues(step), ...flatten(step.objects ?? [])]) {
      if (CURRENCIES.has(tag)) data.set(tag, value);
    }
  }
  return { cardNumbers: createCardNumbers(numbers), data };
}

function numbersOf(step: SessionStep): string[] {
  const { exchange, command, objects = [], data, layout, application } = step;
  const inObjects = [...flatten(objects)].flatMap(([tag, value]) => {
    const found = findTagLayout(application, tag);
    return found === undefined ? [] : cardNumbersOfLayout(value, found);
  });
  return [
    ...cardNumbersOf(objects),
    ...cardNumbersOf(tryDecode(command?.data ?? NOTHING) ?? []),
    ...cardNumbersOf([...commandValues(step)].map(([tag, value]) => ({ tag, value, offset: 0 }))),
    ...packedNumbers(exchange.command ?? NOTHING),
    ...packedNumbers(exchange.response ?? NOTHING),
    ...(layout === undefined ? [] : cardNumbersOfLayout(data, layout)),
    ...inObjects,
  ];
}

const NOTHING = new Uint8Array(0);
