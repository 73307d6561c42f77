import headings from './claim-headings.json' with { type: 'json' };
import { ReconciliationError } from './reconciliation-error.js';

/** What stands in brackets stays: it tells fen from yuan. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .replace(/[\s_-]/g, '')
    .toLowerCase();

const columnOf: ReadonlyMap<string, string> = new Map(
  Object.entries(headings).flatMap(([column, others]) =>
    [column, ...others].map((each) => [plain(each), column] as const),
  ),
);

/**
 * The columns that count by the names over them, in English or Chinese; `null` for others, which may stand beside them.
 * Throws {@link ReconciliationError} where one is missing or there twice.
 */
export function claimColumns(names: readonly string[], line: number): (string | null)[] {
  const columns = names.map((name) => columnOf.get(plain(name)) ?? null);
  const wrong = (column: string, reason: string) => new ReconciliationError(line, column, reason);
  const doubled = columns.find((column, place) => column !== null && columns.indexOf(column) < place);
  if (doubled) throw wrong(doubled, 'this column is there twice');
  const missing = ['terminal', 'sequence'].find((column) => !columns.includes(column));
  if (missing !== undefined) throw wrong(missing, 'there is no such column');
  if (!columns.includes('amountFen') && !columns.includes('amount')) {
    throw wrong('amountFen', 'a column amountFen (fen) or amount (yuan) is needed');
  }
  return columns;
}
