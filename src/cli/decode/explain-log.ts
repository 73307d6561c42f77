import {
  type ExplainedExchange,
  type ExplainedObject,
  type ExplainOptions,
  explainAnswerToReset,
  explainExchanges,
  explainSummary,
  followSession,
  type SessionStep,
} from '../../../emv/index.js';
import type { ChainSurroundings } from './chain-input.js';
import type { LoggedExchange, LoggedSession, ReadLog } from './logs/index.js';
import { openChains } from './open-chains.js';

export type ExplainedLogExchange = ExplainedExchange & Pick<LoggedExchange, 'time' | 'elapsedUs'>;

/** A conversation of a log, explained; what is printed, and what `--json` gives. */
export interface ExplainedLog {
  readonly format: string;
  readonly title?: string;
  readonly answerToReset?: readonly ExplainedObject[];
  readonly exchangeCount: number;
  /** Each is explained when it is asked for: those of a log of some megabytes would fill the memory. */
  exchanges(): Iterable<ExplainedLogExchange>;
  /** Opened certificates and signed data. */
  chains(): readonly ExplainedObject[];
  summary(): readonly ExplainedObject[];
}

export const explainLog = (
  { format, sessions }: ReadLog,
  surroundings: ChainSurroundings,
  options: ExplainOptions,
): ExplainedLog[] => sessions.map((session) => explainOne(format.name, session, surroundings, options));

function explainOne(
  format: string,
  session: LoggedSession,
  surroundings: ChainSurroundings,
  options: ExplainOptions,
): ExplainedLog {
  const steps = followSession(session.exchanges);
  const reset = answerToReset(session.answerToReset, options);
  return {
    format,
    ...(session.title !== undefined && { title: withoutNumbers(session.title, options) }),
    ...(reset && { answerToReset: reset }),
    exchangeCount: steps.length,
    exchanges: () => timedExchanges(session, steps, options),
    chains: () => openChains(steps, surroundings, options),
    summary: () => explainSummary(steps, options),
  };
}

function* timedExchanges(
  session: LoggedSession,
  steps: readonly SessionStep[],
  options: ExplainOptions,
): Generator<ExplainedLogExchange> {
  for (const exchange of explainExchanges(steps, options)) {
    const { time, elapsedUs } = session.exchanges[exchange.number - 1]!;
    yield { ...exchange, ...(time !== undefined && { time }), ...(elapsedUs !== undefined && { elapsedUs }) };
  }
}

const withoutNumbers = (text: string, { showPan }: ExplainOptions): string =>
  showPan ? text : text.replace(/\d{12,}/g, (digits) => '*'.repeat(digits.length));

/** One that a log has cut off is left out. */
function answerToReset(bytes: Uint8Array | undefined, options: ExplainOptions): ExplainedObject[] | undefined {
  try {
    return bytes && explainAnswerToReset(bytes, options);
  } catch {
    return undefined;
  }
}
