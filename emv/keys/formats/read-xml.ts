import { fieldNameOf } from './field-name.js';
import type { EntryFields, RawEntry } from './imported-keys.js';

interface Element {
  readonly name: string;
  readonly fields: EntryFields;
  text: string;
}

const TOKENS = /<!--[\s\S]*?-->|<[!?][^>]*>|<(\/?)([\w:.-]+)([^>]*?)(\/?)>|([^<]+)/g;
const ATTRIBUTES = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Every element of an XML text that holds RID, index and modulus, as children or as attributes; what an outer element
 * says holds for the ones in it. No entities, no document types: keys need none.
 */
export function readXml(text: string): RawEntry[] {
  const entries: RawEntry[] = [];
  const stack: Element[] = [{ name: '', fields: {}, text: '' }];
  for (const [, slash, name, attributes = '', empty, content] of text.matchAll(TOKENS)) {
    const top = stack.at(-1)!;
    if (content !== undefined) top.text += content;
    else if (name === undefined) continue;
    else if (slash === '') {
      stack.push({ name, fields: fieldsOfAttributes(attributes), text: '' });
      if (empty === '/') close(stack, entries);
    } else if (stack.length > 1) close(stack, entries);
  }
  return entries;
}

function close(stack: Element[], entries: RawEntry[]): void {
  const { name, fields, text } = stack.pop()!;
  const parent = stack.at(-1)!;
  const field = fieldNameOf(name.replace(/^.*:/, ''));
  const value = text.trim();
  if (field !== undefined && value !== '') parent.fields[field] = value;
  const all = Object.assign({}, ...stack.map((element) => element.fields), fields) as EntryFields;
  const isEntry = fields.modulus !== undefined || fields.publicKey !== undefined || fields.serialNumber !== undefined;
  if (isEntry && all.rid !== undefined && all.index !== undefined) {
    entries.push({ place: `${name} ${entries.length + 1}`, fields: all });
  }
}

function fieldsOfAttributes(attributes: string): EntryFields {
  const fields: EntryFields = {};
  for (const [, name, double, single] of attributes.matchAll(ATTRIBUTES)) {
    const field = fieldNameOf(name!);
    if (field !== undefined) fields[field] = double ?? single ?? '';
  }
  return fields;
}
