import { equalBytes, toHex } from '../../../emv/bytes.js';
import storageCards from './storage-cards.json';

/** What kind of card gave an answer to reset, as far as that tells. */
export interface AnswerToResetReading {
  /** `contactless` takes APDUs by radio, `contact` by its contacts; `storage` has no commands, only memory. */
  readonly kind: 'contactless' | 'contact' | 'storage' | 'invalid';
  /** One line for people. */
  readonly description: string;
}

/** Historical bytes of a storage card: initial access data of 12 bytes by the PC/SC workgroup, and its standard. */
const STORAGE_CARD = Uint8Array.of(0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06);

/**
 * Reads an answer to reset (ISO/IEC 7816-3 §8.2). A contactless card has none: its reader makes one up, from which the
 * card can be told (PC/SC part 3 §3.1.3.2.3).
 */
export function readAnswerToReset(answer: Uint8Array): AnswerToResetReading {
  const parts = splitAnswer(answer);
  if (!parts) return { kind: 'invalid', description: 'no answer to reset by ISO/IEC 7816-3' };
  const { protocols, historicalBytes, isOfContactlessReader } = parts;
  if (!isOfContactlessReader) {
    const names = protocols.map((protocol) => `T=${protocol}`).join(', ');
    return { kind: 'contact', description: `a chip with contacts (${names}); a tap needs the contactless side` };
  }
  if (!equalBytes(historicalBytes.subarray(0, STORAGE_CARD.length), STORAGE_CARD)) {
    return { kind: 'contactless', description: 'a contactless chip card (ISO/IEC 14443-4)' };
  }
  const number = toHex(historicalBytes.subarray(9, 11));
  const name = (storageCards as Readonly<Record<string, string>>)[number] ?? `of kind ${number}`;
  return { kind: 'storage', description: `a storage card, ${name}; it takes no commands and cannot be tapped` };
}

interface AnswerParts {
  readonly protocols: readonly number[];
  readonly historicalBytes: Uint8Array;
  readonly isOfContactlessReader: boolean;
}

function splitAnswer(answer: Uint8Array): AnswerParts | undefined {
  const [convention, format] = answer;
  if ((convention !== 0x3b && convention !== 0x3f) || format === undefined) return undefined;
  const protocols: number[] = [];
  let position = 2;
  for (let announced: number | undefined = format; announced !== undefined; ) {
    const interfaceBytes = [0x10, 0x20, 0x40].filter((bit) => announced! & bit).length;
    const hasNext: boolean = (announced & 0x80) !== 0;
    position += interfaceBytes;
    announced = hasNext ? answer[position++] : undefined;
    if (hasNext && announced === undefined) return undefined;
    if (announced !== undefined) protocols.push(announced & 0x0f);
  }
  const end = position + (format & 0x0f);
  const hasCheck = protocols.some((protocol) => protocol !== 0);
  if (answer.length !== end + (hasCheck ? 1 : 0)) return undefined;
  if (hasCheck && answer.subarray(1).reduce((sum, byte) => sum ^ byte, 0) !== 0) return undefined;
  return {
    protocols: protocols.length === 0 ? [0] : [...new Set(protocols)],
    historicalBytes: answer.subarray(position, end),
    isOfContactlessReader: (format & 0xf0) === 0x80 && answer[2] === 0x80 && answer[3] === 0x01,
  };
}
