import type { Field } from '../columns.js';
import words from '../data/row-issues.json';

/** What is wrong with a row. Stable; the words may change. */
export type RowIssueCode = keyof typeof words;

export interface RowIssue {
  readonly column: Field;
  readonly code: RowIssueCode;
}

/** In English and in Chinese. Neither ever repeats what stood in the row. */
export const rowIssueWords: Readonly<Record<RowIssueCode, { readonly words: string; readonly wordsZh: string }>> =
  words;
