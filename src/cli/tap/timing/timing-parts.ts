import type { Colours } from '../../colours.js';
import type { BarPart } from './draw-bar.js';
import type { ExchangeSplit } from './timed-exchange.js';

/** The same for a part of the time in bar and legend: told apart without colours too. */
export const glyphs = { card: '█', reader: '▓', terminal: '░', together: '▒' } as const;

export type TimePart = keyof typeof glyphs;

export const paintOf = (part: TimePart, colours: Colours): ((text: string) => string) =>
  ({ card: colours.cyan, reader: colours.blue, terminal: colours.yellow, together: colours.cyan })[part];

/** The bars of the terminal's time from `startUs` on and of what card and reader took after it. */
export function partsOf(
  { startUs, terminalUs, elapsedUs, cardUs, readerUs }: Pieces,
  colours: Colours,
): readonly BarPart[] {
  const sentUs = startUs + terminalUs;
  const answeredUs = sentUs + elapsedUs;
  const part = (kind: TimePart, from: number, to: number): BarPart => ({
    from,
    to,
    glyph: glyphs[kind],
    paint: paintOf(kind, colours),
  });
  const terminal = part('terminal', startUs, sentUs);
  if (cardUs === undefined || readerUs === undefined) return [terminal, part('together', sentUs, answeredUs)];
  return [terminal, part('card', sentUs, sentUs + cardUs), part('reader', sentUs + cardUs, answeredUs)];
}

interface Pieces extends ExchangeSplit {
  readonly startUs: number;
  readonly terminalUs: number;
  readonly elapsedUs: number;
}
