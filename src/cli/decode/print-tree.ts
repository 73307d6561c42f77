import type { ExplainedObject } from '../../../emv/index.js';
import type { Colours } from '../colours.js';

/** Hex cut to a length, with the number of bytes that it has in all. */
export const shortenHex = (hex: string, lengthMax: number): string =>
  hex.length <= lengthMax ? hex : `${hex.slice(0, lengthMax)}… (${hex.length / 2} bytes)`;

/**
 * The tree as people read it: tag, name, value, meaning, and each set bit on a line of its own; values longer than
 * `valueLengthMax` digits are cut.
 */
export function printTree(
  objects: readonly ExplainedObject[],
  colours: Colours,
  indent = '',
  valueLengthMax = Number.POSITIVE_INFINITY,
): string[] {
  return objects.flatMap((object) => {
    const head = `${indent}${colours.cyan(object.tag)} ${object.name}`;
    if (object.children) return [head, ...printTree(object.children, colours, `${indent}   `, valueLengthMax)];
    const meaning = object.meaning === undefined ? '' : colours.green(`  ${object.meaning}`);
    const bits = (object.bits ?? [])
      .filter((bit) => bit.set)
      .map((bit) => `${indent}   ${colours.dim(`${bit.byte}.${bit.bit}`)} ${bit.name}`);
    const value = object.value ? colours.bold(shortenHex(object.value, valueLengthMax)) : colours.dim('(empty)');
    return [`${head}  ${value}${meaning}`, ...bits];
  });
}
