import aliases from './field-aliases.json';
import type { FieldName } from './imported-keys.js';

const fieldByAlias = new Map<string, FieldName>(
  Object.entries(aliases).flatMap(([field, names]) =>
    names.map((name): [string, FieldName] => [name, field as FieldName]),
  ),
);

/** Our name of a field that a file calls `Public Key Index`, `pk_index` or `9F22`; `undefined` for others. */
export const fieldNameOf = (name: string): FieldName | undefined =>
  fieldByAlias.get(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
