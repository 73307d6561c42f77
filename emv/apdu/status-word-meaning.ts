import statusWords from './status-words.json';

type Meanings = Readonly<Record<string, readonly string[]>>;

const general: Meanings = statusWords.general;
const ofInstruction: Readonly<Record<string, Meanings>> = statusWords.instructions;

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** The most telling of `6A82`, `63Cx` and `6Axx` that a table knows. */
function find(table: Meanings | undefined, word: string): { meaning: string; meaningZh: string } | undefined {
  for (const wildcards of [0, 1, 2]) {
    const found = table?.[word.slice(0, 4 - wildcards) + 'x'.repeat(wildcards)];
    if (found === undefined) continue;
    const rest = wildcards === 0 ? '' : String(Number.parseInt(word.slice(4 - wildcards), 16));
    const [meaning, meaningZh] = found.map((text) => (rest === '' ? text : text.replace(/\bx{1,2}\b/, rest)));
    return { meaning: meaning!, meaningZh: meaningZh! };
  }
  return undefined;
}

/**
 * What a status word says, first as the answer to the command's `instruction` byte, then in general (ISO 7816-4 §5.1.3,
 * EMV 4.3 Book 1 §9.4.3, JR/T 0025-2013 parts 5 and 14).
 *
 * @example statusWordMeaning(0x63c2, 0x20).meaning  // 'PIN wrong, 2 tries left'
 */
export function statusWordMeaning(statusWord: number, instruction?: number): { meaning: string; meaningZh: string } {
  const word = hex(statusWord, 4);
  return (
    find(instruction === undefined ? undefined : ofInstruction[hex(instruction, 2)], word) ??
    find(general, word) ?? { meaning: 'unknown status word', meaningZh: '未知状态字' }
  );
}
