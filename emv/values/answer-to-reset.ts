export type AnswerToResetErrorCode =
  | 'atr-initial-character-invalid'
  | 'atr-truncated'
  | 'atr-too-long'
  | 'atr-bytes-left';

const meanings: Readonly<Record<AnswerToResetErrorCode, string>> = {
  'atr-initial-character-invalid': 'an answer to reset begins with 3B or 3F',
  'atr-truncated': 'the answer to reset ends before its last character',
  'atr-too-long': 'an answer to reset has at most 33 characters',
  'atr-bytes-left': 'more characters than the answer to reset announces',
};

/** Bytes that are no answer to reset. `offset` is the byte that is wrong or missing. */
export class AnswerToResetError extends Error {
  override readonly name = 'AnswerToResetError';
  constructor(
    readonly code: AnswerToResetErrorCode,
    readonly offset: number,
  ) {
    super(`${meanings[code]} (byte ${offset + 1})`);
  }
}

/** TA, TB, TC or TD of a round. */
export interface InterfaceCharacter {
  /** `TA1`, `TD2`. */
  readonly name: string;
  readonly letter: 'A' | 'B' | 'C' | 'D';
  /** From 1. */
  readonly round: number;
  readonly value: number;
  /** T of the TD before it: the protocol that it speaks of, 15 for global ones; absent in the first round. */
  readonly protocol?: number;
}

export interface AnswerToReset {
  readonly initialCharacter: number;
  readonly formatCharacter: number;
  readonly interfaceCharacters: readonly InterfaceCharacter[];
  /** T of each TD in their order; 0 where none is named. */
  readonly protocols: readonly number[];
  readonly historicalBytes: Uint8Array;
  /** TCK, and whether all from T0 on come to zero by exclusive or; absent where only T=0 is named. */
  readonly check?: { readonly value: number; readonly expected: number };
}

const LENGTH_MAX = 33;
const LETTERS = ['A', 'B', 'C', 'D'] as const;
const INVERSE_CONVENTION = 0x3f;
const DIRECT_CONVENTION = 0x3b;

/** Reads an answer to reset (ISO/IEC 7816-3 §8.2). A wrong TCK is told, not refused. Throws {@link AnswerToResetError}. */
export function decodeAnswerToReset(bytes: Uint8Array): AnswerToReset {
  if (bytes.length > LENGTH_MAX) throw new AnswerToResetError('atr-too-long', LENGTH_MAX);
  const byteAt = (offset: number): number => {
    const byte = bytes[offset];
    if (byte === undefined) throw new AnswerToResetError('atr-truncated', offset);
    return byte;
  };
  const initialCharacter = byteAt(0);
  if (initialCharacter !== DIRECT_CONVENTION && initialCharacter !== INVERSE_CONVENTION) {
    throw new AnswerToResetError('atr-initial-character-invalid', 0);
  }
  const formatCharacter = byteAt(1);
  const interfaceCharacters = readInterfaceCharacters(formatCharacter, byteAt);
  const named = interfaceCharacters.filter(({ letter }) => letter === 'D').map(({ value }) => value & 0x0f);
  const start = 2 + interfaceCharacters.length;
  const end = start + (formatCharacter & 0x0f);
  if (end > bytes.length) throw new AnswerToResetError('atr-truncated', bytes.length);
  const hasCheck = named.some((protocol) => protocol !== 0);
  const check = hasCheck ? { value: byteAt(end), expected: exclusiveOr(bytes.subarray(1, end)) } : undefined;
  const length = end + (hasCheck ? 1 : 0);
  if (length < bytes.length) throw new AnswerToResetError('atr-bytes-left', length);
  return {
    initialCharacter,
    formatCharacter,
    interfaceCharacters,
    protocols: named.length === 0 ? [0] : [...new Set(named)],
    historicalBytes: bytes.subarray(start, end),
    ...(check && { check }),
  };
}

function readInterfaceCharacters(formatCharacter: number, byteAt: (offset: number) => number): InterfaceCharacter[] {
  const found: InterfaceCharacter[] = [];
  let announced: number | undefined = formatCharacter;
  let protocol: number | undefined;
  for (let round = 1; announced !== undefined; round++) {
    let next: number | undefined;
    for (const [index, letter] of LETTERS.entries()) {
      if (((announced >> (4 + index)) & 1) === 0) continue;
      const value = byteAt(2 + found.length);
      found.push({ name: `T${letter}${round}`, letter, round, value, ...(protocol !== undefined && { protocol }) });
      if (letter === 'D') next = value;
    }
    announced = next;
    protocol = next === undefined ? undefined : next & 0x0f;
  }
  return found;
}

/** Whether a contactless reader made it up: such a card has none of its own (PC/SC part 3 §3.1.3.2.3). */
export const isOfContactlessReader = ({
  formatCharacter,
  interfaceCharacters: [first, second],
}: AnswerToReset): boolean => (formatCharacter & 0xf0) === 0x80 && first?.value === 0x80 && second?.value === 0x01;

const exclusiveOr = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);
