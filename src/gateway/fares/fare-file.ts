import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { FareError, type FareErrorCode } from './fare-error.js';

/** What a tariff or campaign file says, unchecked, and the line on which it says something. */
export interface FareFile {
  readonly value: unknown;
  /** The line (from 1) of what stands at this path, or of what should hold it. */
  lineOf(path: readonly PropertyKey[]): number;
  /** The column (from 1) on that line. */
  columnOf(path: readonly PropertyKey[]): number;
}

/** Reads a YAML or JSON file. Throws {@link FareError} with the line where it is neither. */
export function parseFareFile(text: string, code: FareErrorCode, file?: string): FareFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const issues = document.errors.map(({ linePos, message }) => ({
      line: linePos?.[0].line,
      column: linePos?.[0].col,
      message: withoutPlace(message),
    }));
    throw new FareError(code, issues, file);
  }
  return {
    value: toValue(document, code, file),
    lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
    columnOf: (path) => lines.linePos(offsetOf(document, path)).col,
  };
}

/** The parser's message says the place once more, and quotes the line. */
const withoutPlace = (message: string): string => message.replace(/ at line \d+, column \d+:.*$/s, '');

function toValue(document: Document, code: FareErrorCode, file: string | undefined): unknown {
  try {
    return document.toJS();
  } catch (wrongAlias) {
    const message = wrongAlias instanceof Error ? wrongAlias.message : 'an alias that leads nowhere';
    throw new FareError(code, [{ message }], file);
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  const node: unknown = document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}
