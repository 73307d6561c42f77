import { toHex } from '../../../emv/index.js';
import type { CardChannel } from '../../readers/index.js';
import { exchangeTitle } from '../tap/exchange-title.js';
import { explainExchanges } from '../tap/explain-exchanges.js';
import type { ApduConversation } from './apdu-conversation.js';

/** The whole conversation for scripts: each command and answer, masked and explained, with what was expected of it. */
export function conversationAsJson(
  { expectations, sent }: ApduConversation,
  { answerToReset, name }: CardChannel,
  { language, showPan, error }: Surroundings,
) {
  const shown = explainExchanges(sent, { language, showPan });
  return {
    card: name,
    ...(answerToReset && { answerToReset: toHex(answerToReset) }),
    exchanges: sent.map(({ at: _, command, elapsedUs, error: lost }, index) => {
      const { explained, response } = shown[index]!;
      const expected = expectations.filter((expectation) => expectation.command === index);
      return {
        number: index + 1,
        title: exchangeTitle(command),
        command: explained.command,
        ...(response !== undefined && {
          response: { hex: response, objects: explained.response?.objects },
          statusWord: response.slice(-STATUS_WORD_DIGITS),
        }),
        ...(lost !== undefined && { error: lost }),
        elapsedUs,
        ...(expected.length > 0 && {
          expected: expected.map(({ at, isMet, pattern }) => ({ pattern: pattern.text, isMet, ...(at && { at }) })),
        }),
      };
    }),
    passed: expectations.filter(({ isMet }) => isMet).length,
    failed: expectations.filter(({ isMet }) => !isMet).length,
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

const STATUS_WORD_DIGITS = 4;

interface Surroundings {
  readonly language: 'en' | 'zh';
  readonly showPan: boolean;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}
