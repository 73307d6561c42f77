/** Strings, then the comments of JSON with comments. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Whether a text is JSON, with comments or without, and not YAML in lines. */
export const looksLikeJson = (text: string): boolean =>
  text.replace(STRING_OR_COMMENT, keptString).trimStart().startsWith('{');

const keptString = (found: string): string => (found.startsWith('"') ? found : '');

/**
 * JSON without its comments, `//` and those between slashes and stars, each character of theirs a space: every line and
 * column stays where it was. What is left, YAML reads as well.
 */
export function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) => (found.startsWith('"') ? found : found.replace(/[^\n]/g, ' ')));
}
