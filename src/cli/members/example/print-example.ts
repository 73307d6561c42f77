import type { Colours } from '../../colours.js';
import type { ExampleStep } from './example-step.js';

/** A step as two short lines: what came of it, and the rule that it shows. */
export function printStep({ at, what, result, rule, isAsTheRulesSay }: ExampleStep, colours: Colours): string {
  const mark = isAsTheRulesSay ? colours.green('✓') : colours.red('✗');
  const day = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
  return `${mark} ${colours.dim(day)} ${what}: ${colours.bold(result)}\n    ${colours.dim(rule)}`;
}

export function printSum(steps: readonly ExampleStep[], colours: Colours): string {
  const wrong = steps.filter(({ isAsTheRulesSay }) => !isAsTheRulesSay);
  if (wrong.length === 0) return `${colours.green(`${steps.length} steps`)}, all as the rules say`;
  return `${colours.red(`${wrong.length} of ${steps.length} steps`)} not as the rules say: ${wrong.map(({ what }) => what).join('; ')}`;
}
