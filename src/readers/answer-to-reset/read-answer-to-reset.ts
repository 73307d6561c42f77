import {
  type AnswerToReset,
  AnswerToResetError,
  decodeAnswerToReset,
  isOfContactlessReader,
  readStorageCard,
} from '../../../emv/index.js';

/** What kind of card gave an answer to reset, as far as that tells. */
export interface AnswerToResetReading {
  /** `contactless` takes APDUs by radio, `contact` by its contacts; `storage` has no commands, only memory. */
  readonly kind: 'contactless' | 'contact' | 'storage' | 'invalid';
  /** One line for people. */
  readonly description: string;
}

/**
 * Reads an answer to reset (ISO/IEC 7816-3 §8.2). A contactless card has none: its reader makes one up, from which the
 * card can be told (PC/SC part 3 §3.1.3.2.3).
 */
export function readAnswerToReset(bytes: Uint8Array): AnswerToResetReading {
  const answer = tryDecode(bytes);
  if (!answer) return { kind: 'invalid', description: 'no answer to reset by ISO/IEC 7816-3' };
  if (!isOfContactlessReader(answer)) {
    const names = answer.protocols.map((protocol) => `T=${protocol}`).join(', ');
    return { kind: 'contact', description: `a chip with contacts (${names}); it is tapped with --interface contact` };
  }
  const storage = readStorageCard(answer.historicalBytes);
  if (!storage) return { kind: 'contactless', description: 'a contactless chip card (ISO/IEC 14443-4)' };
  const name = storage.name ?? `of kind ${storage.number}`;
  return { kind: 'storage', description: `a storage card, ${name}; it takes no commands and cannot be tapped` };
}

function tryDecode(bytes: Uint8Array): AnswerToReset | undefined {
  try {
    const answer = decodeAnswerToReset(bytes);
    return answer.check && answer.check.value !== answer.check.expected ? undefined : answer;
  } catch (error) {
    if (error instanceof AnswerToResetError) return undefined;
    throw error;
  }
}
