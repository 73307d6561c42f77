import rows from './status-words.json';

export interface StatusWordContext {
  /** Name of the command that was answered, as `commandName` gives it. */
  readonly command?: string;
}

interface StatusWordRow {
  /** `6A82`, `63Cx` with a digit, or `6Cxx` with a byte that the meaning says. */
  readonly word: string;
  /** Absent: the answer to any command. */
  readonly commands?: readonly string[];
  readonly meaning: string;
  readonly meaningZh: string;
  /** Document and section. */
  readonly source: string;
}

/** By word and command: `63Cx VERIFY`, `63Cx`. */
const rowOf = new Map<string, StatusWordRow>();
for (const row of rows as readonly StatusWordRow[]) {
  for (const command of row.commands ?? ['']) rowOf.set(`${row.word} ${command}`.trimEnd(), row);
}

/** The most telling of `6A82`, `63Cx` and `6Axx` that is known of the command's answers. */
function find(word: string, command: string): { meaning: string; meaningZh: string } | undefined {
  for (const wildcards of [0, 1, 2]) {
    const pattern = word.slice(0, 4 - wildcards) + 'x'.repeat(wildcards);
    const found = rowOf.get(`${pattern} ${command}`.trimEnd());
    if (found === undefined) continue;
    const rest = wildcards === 0 ? '' : String(Number.parseInt(word.slice(4 - wildcards), 16));
    const said = (text: string): string => (rest === '' ? text : text.replace(/\bx{1,2}\b/, rest));
    return { meaning: said(found.meaning), meaningZh: said(found.meaningZh) };
  }
  return undefined;
}

/**
 * What a status word says, first as the answer to this command, then in general (ISO 7816-4 §5.1.3,
 * EMV 4.3 Book 1 §9.4.3, JR/T 0025-2013 parts 5 and 14).
 *
 * @example statusWordMeaning(0x63c2, { command: 'VERIFY' }).meaning  // 'PIN wrong, 2 tries left'
 */
export function statusWordMeaning(
  statusWord: number,
  { command = '' }: StatusWordContext = {},
): { meaning: string; meaningZh: string } {
  const word = statusWord.toString(16).toUpperCase().padStart(4, '0');
  return find(word, command) ?? find(word, '') ?? { meaning: 'unknown status word', meaningZh: '未知状态字' };
}
