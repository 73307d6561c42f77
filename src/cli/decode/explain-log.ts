import {
  type ExplainedExchange,
  type ExplainedObject,
  type ExplainOptions,
  explainAnswerToReset,
  explainSession,
  followSession,
} from '../../../emv/index.js';
import type { ChainSurroundings } from './chain-input.js';
import type { LoggedExchange, LoggedSession, ReadLog } from './logs/index.js';
import { openChains } from './open-chains.js';

/** A conversation of a log, explained; what is printed, and what `--json` gives. */
export interface ExplainedLog {
  readonly format: string;
  readonly title?: string;
  readonly answerToReset?: readonly ExplainedObject[];
  readonly exchanges: readonly (ExplainedExchange & Pick<LoggedExchange, 'time' | 'elapsedUs'>)[];
  /** Opened certificates and signed data. */
  readonly chains: readonly ExplainedObject[];
  readonly summary: readonly ExplainedObject[];
}

/** `explained` is told how many exchanges of all conversations are done. */
export function explainLog(
  { format, sessions }: ReadLog,
  surroundings: ChainSurroundings,
  options: ExplainOptions,
  explained: (count: number) => void = () => {},
): ExplainedLog[] {
  let before = 0;
  return sessions.map((session) => {
    const told = explainOne(session, surroundings, options, (count) => explained(before + count));
    before += session.exchanges.length;
    return { format: format.name, ...told };
  });
}

function explainOne(
  session: LoggedSession,
  surroundings: ChainSurroundings,
  options: ExplainOptions,
  explained: (count: number) => void,
): Omit<ExplainedLog, 'format'> {
  const steps = followSession(session.exchanges);
  const { exchanges, summary } = explainSession(steps, options, explained);
  const reset = answerToReset(session.answerToReset, options);
  return {
    ...(session.title !== undefined && { title: withoutNumbers(session.title, options) }),
    ...(reset && { answerToReset: reset }),
    exchanges: exchanges.map((exchange, index) => {
      const { time, elapsedUs } = session.exchanges[index]!;
      return { ...exchange, ...(time !== undefined && { time }), ...(elapsedUs !== undefined && { elapsedUs }) };
    }),
    chains: openChains(steps, surroundings, options),
    summary,
  };
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
