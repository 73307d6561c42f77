import type { Colours } from '../colours.js';
import type { TapTally } from './tap-tally.js';
import { printStatistics } from './timing/print-statistics.js';
import type { TimingSummary } from './timing/tap-statistics.js';

/** What became of several taps and, where their times are given, how these lie. */
export function printSummary(
  tally: TapTally,
  timing: TimingSummary | undefined,
  colours: Colours,
  language: 'en' | 'zh',
): string[] {
  const reasons = Object.entries(tally.reasons).map(([reason, count]) => `${count} ${reason}`);
  const others = reasons.length === 0 ? '' : `; not approved: ${colours.red(reasons.join(', '))}`;
  return [
    ...(timing === undefined || timing.taps === 0 ? [] : printStatistics(timing, colours, language)),
    '',
    `${colours.bold(tally.line)}${others}`,
  ];
}
