import { fieldNameOf } from './field-name.js';
import type { EntryFields, RawEntry } from './imported-keys.js';
import { isTlvText, readTlv } from './read-tlv.js';

const DEPTH_MAX = 16;

/** Every object in a JSON text that names RID and index, and every string that is a key as data objects. */
export function readJson(text: string): RawEntry[] {
  return entriesIn(JSON.parse(text), '', {}, 0);
}

function entriesIn(value: unknown, place: string, inherited: RawEntry['fields'], depth: number): RawEntry[] {
  if (depth > DEPTH_MAX) return [];
  if (typeof value === 'string') return isTlvText(value) ? readTlv(value, place) : [];
  if (typeof value !== 'object' || value === null) return [];
  const fields = { ...inherited, ...fieldsOf(value) };
  const isRow = fields.index !== undefined && (fields.modulus ?? fields.publicKey ?? fields.serialNumber) !== undefined;
  if (isRow) return [{ place: place || '$', fields }];
  return Object.entries(value).flatMap(([name, child]) =>
    entriesIn(child, Array.isArray(value) ? `${place}[${name}]` : `${place}.${name}`, fields, depth + 1),
  );
}

function fieldsOf(value: object): EntryFields {
  if (Array.isArray(value)) return {};
  const fields: EntryFields = {};
  for (const [name, content] of Object.entries(value)) {
    const field = fieldNameOf(name);
    if (field !== undefined && (typeof content === 'string' || typeof content === 'number'))
      fields[field] = `${content}`;
  }
  return fields;
}
