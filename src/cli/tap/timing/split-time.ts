import { exchangeTitle } from '../exchange-title.js';
import type { Afterwards, ExchangeSplit, TimedExchange, TimingMethod } from './timed-exchange.js';

/** A command's part of a tap, in microseconds. */
export interface CommandTiming extends ExchangeSplit {
  readonly name: string;
  readonly title: string;
  /** From the beginning of the tap to the answer before, or to its beginning: there the terminal's work begins. */
  readonly startUs: number;
  /** The terminal's time before it, since the answer before. */
  readonly terminalUs: number;
  /** From the command to its answer. */
  readonly elapsedUs: number;
}

/** Where the time of a tap went, in microseconds; a part that is not known is absent. */
export interface TapTiming extends ExchangeSplit, Afterwards {
  readonly method: TimingMethod;
  readonly commands: readonly CommandTiming[];
  /** Of all commands: the terminal's time before them. */
  readonly terminalUs: number;
  /** From command to answer, of all commands: card and reader. */
  readonly elapsedUs: number;
  /** From the first command to the last answer: so long the card has to stay. */
  readonly fieldUs: number;
  /** Until the holder may pass: the tap is decided, and on the disk. */
  readonly holderUs: number;
  /** Index of the command with the longest time to its answer; absent where there was none. */
  readonly slowest?: number;
}

/** Splits the time of a tap into that of card, reader and terminal, a command at a time and in all. */
export function splitTime(
  exchanges: readonly TimedExchange[],
  method: TimingMethod,
  { decisionUs, keptUs }: Afterwards,
): TapTiming {
  let endUs = 0;
  const commands = exchanges.map(({ name, command, at, elapsedUs, cardUs, readerUs }): CommandTiming => {
    const sentUs = Math.max(endUs, Math.round(at * 1000));
    const startUs = endUs;
    endUs = sentUs + elapsedUs;
    const title = exchangeTitle(command);
    return { name, title, startUs, terminalUs: sentUs - startUs, elapsedUs, cardUs, readerUs };
  });
  const slowest = indexOfLongest(commands);
  return {
    method,
    commands,
    cardUs: sumKnown(commands, 'cardUs'),
    readerUs: sumKnown(commands, 'readerUs'),
    terminalUs: commands.reduce((sum, { terminalUs }) => sum + terminalUs, 0),
    elapsedUs: commands.reduce((sum, { elapsedUs }) => sum + elapsedUs, 0),
    fieldUs: endUs,
    decisionUs,
    keptUs,
    holderUs: endUs + (decisionUs ?? 0) + (keptUs ?? 0),
    ...(slowest !== undefined && { slowest }),
  };
}

function indexOfLongest(commands: readonly CommandTiming[]): number | undefined {
  const longest = Math.max(...commands.map(({ elapsedUs }) => elapsedUs));
  return commands.length === 0 ? undefined : commands.findIndex(({ elapsedUs }) => elapsedUs === longest);
}

/** `undefined` where one of them is not known. */
function sumKnown(commands: readonly CommandTiming[], part: 'cardUs' | 'readerUs'): number | undefined {
  let sum = 0;
  for (const command of commands) {
    const value = command[part];
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
