import { coloursFor } from '../colours.js';

/** A word for people and one for scripts, and what it is. */
export type NamedValue = readonly [label: string, name: string, value: string | boolean];

/** Prints values one a line, or as one JSON object. */
export function printValues(values: readonly NamedValue[], { json }: { readonly json?: boolean | undefined }): void {
  if (json) {
    console.log(JSON.stringify(Object.fromEntries(values.map(([, name, value]) => [name, value])), undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  const width = Math.max(...values.map(([label]) => label.length));
  for (const [label, , value] of values) {
    const text = typeof value === 'string' ? value : value ? 'yes' : 'no';
    console.log(`${colours.dim(label.padEnd(width))}  ${text}`);
  }
}
