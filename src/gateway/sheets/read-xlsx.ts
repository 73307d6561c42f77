import { notReadable, openZip, type Zip } from './open-zip.js';
import { tooManyRows } from './read-csv.js';
import { readXml } from './read-xml.js';
import { CELL_LENGTH_MAX, type Cell, COLUMNS_MAX, cellOf, SPARE_ROWS, TableError, type TableRow } from './table.js';

/** The signature of the old binary format, and of a workbook that is protected by a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * The rows of a workbook's first sheet that is shown (ECMA-376 part 1, §18.3), by whomever it was written. Throws
 * {@link TableError}.
 */
export async function readXlsx(bytes: Uint8Array, rowsMax: number, unpackedBytesMax?: number): Promise<TableRow[]> {
  if (COMPOUND_FILE.every((byte, place) => bytes[place] === byte)) {
    throw new TableError('workbook-protected', 'an old .xls, or protected by a password: save it as .xlsx without one');
  }
  const zip = await openZip(bytes, unpackedBytesMax);
  const { sheet, strings } = await findParts(zip);
  const shared = strings !== undefined && zip.has(strings) ? await readStrings(zip, strings, rowsMax) : [];
  return readSheet(zip, sheet, shared, rowsMax);
}

const WORKBOOK = 'xl/workbook.xml';

async function findParts(zip: Zip): Promise<{ sheet: string; strings: string | undefined }> {
  const rootRelations = await readRelations(zip, '_rels/.rels', '');
  const workbook = rootRelations.find(({ type }) => type === 'officeDocument')?.target ?? WORKBOOK;
  if (!zip.has(workbook)) throw notReadable('it is no workbook');
  const folder = workbook.slice(0, workbook.lastIndexOf('/') + 1);
  const name = workbook.slice(folder.length);
  const relations = await readRelations(zip, `${folder}_rels/${name}.rels`, folder);
  let id: string | undefined;
  await readXml(zip.read(workbook), {
    open(element, { state = 'visible', id: relation }) {
      if (element === 'sheet' && state === 'visible') id ??= relation;
    },
  });
  const sheet = relations.find((relation) => relation.id === id)?.target;
  if (sheet === undefined || !zip.has(sheet)) throw notReadable('it has no sheet');
  return { sheet, strings: relations.find(({ type }) => type === 'sharedStrings')?.target };
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function readRelations(zip: Zip, name: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  if (!zip.has(name)) return relations;
  await readXml(zip.read(name), {
    open(element, { Id = '', Type = '', Target = '' }) {
      if (element !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : folder + Target.replace(/^\.\//, '');
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}

/** Texts that cells share by their number; the phonetic ones beside them are none. */
async function readStrings(zip: Zip, name: string, rowsMax: number): Promise<string[]> {
  const strings: string[] = [];
  const text = collectText();
  await readXml(zip.read(name), {
    open: text.open,
    text: text.add,
    close(element) {
      text.close(element);
      if (element !== 'si') return;
      strings.push(text.take());
      if (strings.length > rowsMax * COLUMNS_MAX) throw tooManyRows(rowsMax);
    },
  });
  return strings;
}

/** What stands in `t`, but not in `rPh`, cut where a cell is. */
function collectText() {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  return {
    open(element: string) {
      if (element === 't') isText = true;
      if (element === 'rPh') isPhonetic = true;
    },
    close(element: string) {
      if (element === 't') isText = false;
      if (element === 'rPh') isPhonetic = false;
    },
    add(more: string) {
      if (isText && !isPhonetic && text.length < CELL_LENGTH_MAX) text += more.slice(0, CELL_LENGTH_MAX);
    },
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

async function readSheet(zip: Zip, name: string, shared: readonly string[], rowsMax: number): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  const inline = collectText();
  let row = 0;
  let column = -1;
  let cells: (Cell | undefined)[] = [];
  let type = 'n';
  let value = '';
  let isValue = false;
  await readXml(zip.read(name), {
    open(element, { r = '', t = 'n' }) {
      inline.open(element);
      if (element === 'row') {
        row = /^\d{1,7}$/.test(r) ? Number(r) : row + 1;
        column = -1;
        cells = [];
      } else if (element === 'c') {
        column = columnOf(r) ?? column + 1;
        type = t;
        value = '';
      } else if (element === 'v') isValue = true;
    },
    text(text) {
      if (isValue && value.length < CELL_LENGTH_MAX) value += text;
      inline.add(text);
    },
    close(element) {
      inline.close(element);
      if (element === 'v') isValue = false;
      else if (element === 'c') {
        const told = inline.take();
        if (column < COLUMNS_MAX) cells[column] = toCell(type, value, told, shared);
      } else if (element === 'row' && cells.some(Boolean)) {
        rows.push({ row, cells: Array.from(cells) });
        if (rows.length > rowsMax + SPARE_ROWS) throw tooManyRows(rowsMax);
      }
    },
  });
  return rows;
}

/** Which column `AB12` is in, from 0; columns beyond the last that counts are all the same. */
function columnOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return Math.min(column - 1, COLUMNS_MAX);
}

function toCell(type: string, value: string, inline: string, shared: readonly string[]): Cell | undefined {
  if (type === 'inlineStr') return cellOf(inline);
  if (type === 's') return cellOf(shared[Number(value)] ?? '');
  if (type === 'str' || type === 'd') return cellOf(value);
  if (type === 'n') return cellOf(digitsOf(value), true);
  return undefined;
}

/** 1.3900000000E10 is 13900000000; what has more digits than a double keeps stays as it is written. */
function digitsOf(value: string): string {
  if (!/^\d+(\.\d+)?E\+?\d+$/i.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) && number < 1e15 ? String(number) : value;
}
