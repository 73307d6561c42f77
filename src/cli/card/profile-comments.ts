import { stringify } from 'yaml';
import type { SchemaNode } from '../../../simulator/index.js';
import examples from './profile-examples.json';

const COMMENT_COLUMN = 46;

/**
 * What else can be said, a line of YAML each behind `# `: the default of a field, or an example, and what it is. Fields
 * of objects stand below them, indented.
 */
export function commentsFor({ properties = {} }: SchemaNode, said: ReadonlySet<string>, indent: string): string[] {
  return Object.entries(properties)
    .filter(([name]) => !said.has(name))
    .flatMap(([name, node]) => linesOf(name, node, ''))
    .map((line) => `${indent}# ${line}`);
}

function linesOf(name: string, node: SchemaNode, indent: string): string[] {
  const example = (examples as Readonly<Record<string, unknown>>)[name];
  const inside = Object.entries(node.properties ?? {});
  if (inside.length > 0 && example === undefined) {
    const head = explained(`${indent}${name}:`, node);
    return [head, ...inside.flatMap(([field, below]) => linesOf(field, below, `${indent}  `))];
  }
  return [explained(`${indent}${name}: ${written(example ?? node.default ?? node.enum?.[0])}`, node)];
}

const explained = (field: string, { description, enum: choices }: SchemaNode): string => {
  const allowed = choices === undefined ? '' : ` (${choices.join(', ')})`;
  return description === undefined ? field : `${field.padEnd(COMMENT_COLUMN)}  # ${description}${allowed}`;
};

const written = (value: unknown): string =>
  value === undefined ? '' : stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
