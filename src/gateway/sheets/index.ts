export { decodeStream } from './decode-stream.js';
export { plainHeading } from './plain-heading.js';
export { delimiterOf, readCsv, tooManyRows } from './read-csv.js';
export { type NamedRow, readNamedRows } from './read-named-rows.js';
export { CSV, readSheet, type SheetSource, sheetFormats, XLSX } from './read-sheet.js';
export { CELL_LENGTH_MAX, type Cell, cellOf, isRounded, TableError, type TableRow } from './table.js';
export { writeCsv } from './write-csv.js';
export { writeXlsx } from './write-xlsx.js';
