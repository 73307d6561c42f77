import { fieldNameOf } from './field-name.js';
import type { EntryFields, FieldName, RawEntry } from './imported-keys.js';
import { isTlvText, readTlv } from './read-tlv.js';

const RID = /^[0-9A-F]{10}$/i;
const EXPONENT = /^(0*3|0*10001|65537)$/i;

/**
 * Lines with a key or a revoked certificate each: columns under a header line, or without one RID, index and then what
 * each value can only be: the modulus is the longest, a check value has 20 bytes, an exponent is 3 or 65537, the rest
 * a date; a serial number has 3 bytes and stands where no modulus does. Separated by commas, semicolons, tabs, bars or
 * blanks; bytes may be written with colons. `#` begins a remark.
 */
export function readTable(text: string): RawEntry[] {
  let header: readonly (FieldName | undefined)[] | undefined;
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.replace(/(^|\s)#.*/, '').trim();
    const place = `line ${index + 1}`;
    if (content === '') return [];
    if (isTlvText(content)) return readTlv(content, place);
    const cells = cellsOf(content);
    const names = cells.map(fieldNameOf);
    if (names.includes('rid') && names.includes('index')) {
      header = names;
      return [];
    }
    const fields = header === undefined ? fieldsByShape(cells) : fieldsUnder(header, cells);
    return [fields.rid === undefined ? { place, fields, fault: 'key-entry-unreadable' as const } : { place, fields }];
  });
}

function cellsOf(line: string): string[] {
  const separator = [',', ';', '\t', '|'].find((candidate) => line.includes(candidate)) ?? /\s+/;
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function fieldsUnder(header: readonly (FieldName | undefined)[], cells: readonly string[]): EntryFields {
  const fields: EntryFields = {};
  for (const [position, field] of header.entries()) {
    const cell = cells[position];
    if (field !== undefined && cell !== undefined && cell !== '') fields[field] = cell;
  }
  return fields;
}

function fieldsByShape(cells: readonly string[]): EntryFields {
  const plain = cells.map((cell) => cell.replaceAll(':', ''));
  const start = plain.findIndex((cell) => RID.test(cell));
  if (start < 0) return {};
  const [rid, index, ...rest] = plain.slice(start);
  const fields: EntryFields = { rid: rid!, ...(index !== undefined && { index }) };
  const place = (field: FieldName, value: string | undefined) => {
    if (value !== undefined && fields[field] === undefined) fields[field] = value;
  };
  const longest = rest.reduce((one, other) => (other.length > one.length ? other : one), '');
  const isSm2 = rest.some((cell) => /^sm2$/i.test(cell));
  if (longest.length > 64) place(isSm2 ? 'publicKey' : 'modulus', longest);
  for (const cell of rest) {
    if (cell === longest && longest.length > 64) continue;
    if (/^(rsa|sm2)$/i.test(cell)) place('algorithm', cell);
    else if (/^(live|test)$/i.test(cell)) place('use', cell);
    else if (/^([0-9A-F]{40}|[0-9A-F]{64})$/i.test(cell)) place('checksum', cell);
    else if (EXPONENT.test(cell)) place('exponent', cell);
    else if (longest.length <= 64 && /^[0-9A-F]{6}$/i.test(cell)) place('serialNumber', cell);
    else if (/^[\d\-/.]{4,10}$/.test(cell)) place('expires', cell);
  }
  return fields;
}
