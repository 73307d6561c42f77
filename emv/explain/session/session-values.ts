import { type DataMap, flatten } from '../../tlv/index.js';
import { commandValues } from './command-values.js';
import type { SessionStep } from './session-step.js';
import { shortAnswer } from './short-answer.js';

/** What terminal and card have said, by tag; of what was said more than once the last counts. */
export function sessionValues(steps: readonly SessionStep[]): DataMap {
  const data = new Map<string, Uint8Array>();
  for (const step of steps) {
    for (const [tag, value] of [...commandValues(step), ...flatten(step.objects ?? [])]) data.set(tag, value);
    for (const { tag, value } of shortAnswer(step)) data.set(tag, value);
  }
  return data;
}
