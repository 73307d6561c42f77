import { shanghaiDay } from '../../../calendar/shanghai.js';
import type { Colours } from '../../colours.js';
import { displayWidth } from '../../display-width.js';
import type { ExampleStep } from './example-step.js';

/** A step as two short lines: what came of it, and the rule that it shows. */
export function printStep({ at, what, result, rule, isAsTheRulesSay }: ExampleStep, colours: Colours): string {
  const mark = isAsTheRulesSay ? colours.green('✓') : colours.red('✗');
  return `${mark} ${colours.dim(shanghaiDay(Date.parse(at)))} ${what}: ${colours.bold(result)}\n    ${colours.dim(rule)}`;
}

const WIDTHS = { rule: 60, what: 46, result: 44 };

/** The closing table: each rule, the step that shows it, and what came out. */
export function printTable(steps: readonly ExampleStep[], colours: Colours): string {
  const heading = colours.bold(`${padOrCut('rule', WIDTHS.rule)}  ${padOrCut('shown by', WIDTHS.what)}  result`);
  const rows = steps.map(({ rule, what, result, isAsTheRulesSay }) => {
    const mark = isAsTheRulesSay ? colours.green('✓') : colours.red('✗');
    return `${padOrCut(rule, WIDTHS.rule)}  ${padOrCut(what, WIDTHS.what)}  ${mark} ${padOrCut(result, WIDTHS.result).trimEnd()}`;
  });
  return [heading, ...rows].join('\n');
}

/** Cut or filled up to so many columns. */
function padOrCut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text + ' '.repeat(width - displayWidth(text));
  let cut = text;
  while (displayWidth(cut) >= width) cut = cut.slice(0, -1);
  return `${cut}…${' '.repeat(width - displayWidth(cut) - 1)}`;
}

export function printSum(steps: readonly ExampleStep[], colours: Colours): string {
  const wrong = steps.filter(({ isAsTheRulesSay }) => !isAsTheRulesSay);
  if (wrong.length === 0) return `${colours.green(`${steps.length} steps`)}, all as the rules say`;
  return `${colours.red(`${wrong.length} of ${steps.length} steps`)} not as the rules say: ${wrong.map(({ what }) => what).join('; ')}`;
}
