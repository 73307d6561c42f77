import { equalBytes } from '../../../../emv/card-language.js';
import type { LoggedExchange, LoggedMessage, LoggedSession } from './log-format.js';

/**
 * Puts each response to the command before it. A command without one stands alone, and so does a response; one that
 * only says again what was said is left out.
 */
export function pairMessages(messages: Iterable<LoggedMessage>): LoggedSession {
  const exchanges: LoggedExchange[] = [];
  let answerToReset: Uint8Array | undefined;
  for (const { direction, bytes, ...times } of messages) {
    const last = exchanges.at(-1);
    if (direction === 'answer-to-reset') answerToReset ??= bytes;
    else if (direction === 'command') exchanges.push({ command: bytes, ...times });
    else if (last !== undefined && last.response === undefined)
      exchanges[exchanges.length - 1] = { ...times, ...last, response: bytes };
    else if (last?.response === undefined || !equalBytes(last.response, bytes))
      exchanges.push({ response: bytes, ...times });
  }
  return { exchanges, ...(answerToReset && { answerToReset }) };
}
