import { coloursFor } from '../colours.js';
import { padColumns } from '../display-width.js';

export interface ListView {
  readonly list: string;
  readonly unit: string;
  readonly state: string;
  readonly atUnit: string;
  readonly rows: { readonly good: number; readonly wrong: number; readonly known: number; readonly recorded: number };
}

export interface WrongRow {
  readonly row: number;
  readonly issues?: readonly { readonly column: string; readonly words: string; readonly wordsZh: string }[];
}

/** `list-… draft with port: 5 good, 4 wrong` */
export function listLine({ list, state, unit, atUnit, rows }: ListView): string {
  const colours = coloursFor(process.stdout);
  const counts = [
    `${rows.good} good`,
    ...(rows.wrong > 0 ? [colours.red(`${rows.wrong} wrong`)] : []),
    ...(rows.known > 0 ? [`${rows.known} known before`] : []),
    ...(rows.recorded > 0 ? [`${rows.recorded} recorded`] : []),
  ];
  return `${list} of ${unit}, ${colours.bold(state)} with ${atUnit}: ${counts.join(', ')}`;
}

const ROW_COLUMNS = 8;
const FIELD_COLUMNS = 16;

/** What is wrong, one line for each thing. */
export function wrongLines(rows: readonly WrongRow[]): string[] {
  const colours = coloursFor(process.stdout);
  return rows.flatMap(({ row, issues = [] }) =>
    issues.map(
      ({ column, words, wordsZh }, place) =>
        `${padColumns(place === 0 ? `row ${row}` : '', ROW_COLUMNS)} ${padColumns(column, FIELD_COLUMNS)} ${wordsZh} ${colours.dim(words)}`,
    ),
  );
}
