import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import writeXlsxFile, { type Feature, type SheetData } from 'write-excel-file/node';

export interface WrittenSheet {
  readonly name: string;
  readonly widths: readonly number[];
  /** Headings are the first of them. */
  readonly rows: readonly (readonly string[])[];
  /** Empty rows behind, whose cells are texts already. */
  readonly spareRows?: number;
  /** By column, from 0: what may be chosen. */
  readonly choices?: ReadonlyMap<number, readonly string[]>;
}

/** Every cell is a text, so that no number loses its digits. */
const TEXT_FORMAT = '@';

/** Sheets as a workbook. */
export async function writeXlsx(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ name, widths, rows, spareRows = 0 }) => ({
    sheet: name,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
    data: [
      ...rows.map((row, place) => row.map((text) => toCell(text, place === 0))),
      ...spare(spareRows, widths.length),
    ],
  }));
  const features = [choicesFeature(sheets)];
  return writeXlsxFile(written, { features }).toBuffer();
}

const toCell = (value: string, isHeading: boolean): SheetData[number][number] => ({
  type: String,
  value,
  format: TEXT_FORMAT,
  ...(isHeading && { fontWeight: 'bold' as const, wrap: true, alignVertical: 'center' as const }),
  ...(!isHeading && value.length > 40 && { wrap: true }),
});

const spare = (rows: number, columns: number): SheetData =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: String, format: TEXT_FORMAT })));

type WorkbookFeature = Feature<Stream | Buffer | Blob>;

const ROWS_OF_CHOICES = 20_001;

/** Lists to choose from (ECMA-376 part 1, §18.3.1.33): the library writes none by itself. */
function choicesFeature(sheets: readonly WrittenSheet[]): WorkbookFeature {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, _options, { sheetIndex }) => {
            const { choices } = sheets[sheetIndex] ?? {};
            if (!choices?.size) return content;
            const all = [...choices].map(([column, texts]) => validation(letterOf(column), texts)).join('');
            const element = `<dataValidations count="${choices.size}">${all}</dataValidations>`;
            return content.replace('</sheetData>', `</sheetData>${element}`);
          },
        },
      },
    },
  };
}

const validation = (letter: string, texts: readonly string[]): string =>
  `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${letter}2:${letter}${ROWS_OF_CHOICES}">` +
  `<formula1>"${texts.join(',')}"</formula1></dataValidation>`;

/** Of the first 26 columns. */
const letterOf = (column: number): string => String.fromCharCode(65 + column);
