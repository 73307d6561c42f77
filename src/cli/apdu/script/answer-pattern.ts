/** What an answer is expected to be: any of some patterns. */
export interface AnswerPattern {
  /** As it was written: `9000 61??`. */
  readonly text: string;
  matches(answer: string): boolean;
}

const STATUS_WORD_DIGITS = 4;

/**
 * Patterns with spaces or `|` between them: four digits are a status word, in which `?` is any digit; with `*`, which is
 * any number of bytes, or more digits than four a pattern is of the whole answer. `undefined` where it is none.
 */
export function parseAnswerPattern(text: string): AnswerPattern | undefined {
  const alternatives = text
    .toUpperCase()
    .split(/[\s|]+/)
    .filter((part) => part !== '');
  if (alternatives.length === 0 || !alternatives.every((part) => /^(?:[0-9A-F?]{2}|\*)+$/.test(part))) return undefined;
  const expressions = alternatives.map(expressionOf);
  return { text: alternatives.join(' '), matches: (answer) => expressions.some((one) => one.test(answer)) };
}

function expressionOf(pattern: string): RegExp {
  const isStatusWord = pattern.length === STATUS_WORD_DIGITS && !pattern.includes('*');
  const digits = pattern.replaceAll('?', '[0-9A-F]').replaceAll('*', '(?:[0-9A-F]{2})*');
  return new RegExp(`${isStatusWord ? '' : '^'}${digits}$`);
}
