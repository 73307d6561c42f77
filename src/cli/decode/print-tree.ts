import type { ExplainedObject } from '../../../emv/card-language.js';
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
    const meaning = object.meaning === undefined ? '' : colours.green(`  ${object.meaning}`);
    if (object.children) {
      return [`${head}${meaning}`, ...printTree(object.children, colours, `${indent}   `, valueLengthMax)];
    }
    if (object.value === undefined && object.meaning !== undefined) return [`${head}${meaning}`];
    const bits = (object.bits ?? [])
      .filter((bit) => bit.set)
      .map((bit) => `${indent}   ${colours.dim(`${bit.byte}.${bit.bit}`)} ${bit.name}`);
    const value = object.value ? colours.bold(shortenHex(object.value, valueLengthMax)) : colours.dim('(empty)');
    const opened = printTree(object.opened ?? [], colours, `${indent}   `, valueLengthMax);
    return [`${head}  ${value}${meaning}`, ...bits, ...opened];
  });
}
