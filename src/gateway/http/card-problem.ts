import type { CardStepRefused } from '../cards/index.js';
import { Problem } from './problem.js';

const UNKNOWN: ReadonlySet<string> = new Set(['card-order-unknown', 'card-unknown', 'member-unknown']);

/** What was done, 201 the first time and 200 when the same is asked again. Throws the Problem of a refusal. */
export function wasStepped<Done extends { readonly result: 'created' | 'exists' }>(answer: Done | CardStepRefused) {
  if (answer.result === 'refused') throw problemOf(answer);
  return { status: answer.result === 'created' ? 201 : 200, body: answer };
}

function problemOf({ code, detail, state, allowed }: CardStepRefused): Problem {
  if (UNKNOWN.has(code)) return new Problem('not-found', { detail });
  if (code === 'card-step-not-allowed') return new Problem(code, { detail, extensions: { state, allowed } });
  return new Problem('card-step-refused', { code, detail });
}
