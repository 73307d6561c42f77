import type { ExplainedObject } from '../../../emv/index.js';
import type { Colours } from '../colours.js';

/** The tree as people read it: tag, name, value, meaning, and each set bit on a line of its own. */
export function printTree(objects: readonly ExplainedObject[], colours: Colours, indent = ''): string[] {
  return objects.flatMap((object) => {
    const head = `${indent}${colours.cyan(object.tag)} ${object.name}`;
    if (object.children) return [head, ...printTree(object.children, colours, `${indent}   `)];
    const meaning = object.meaning === undefined ? '' : colours.green(`  ${object.meaning}`);
    const bits = (object.bits ?? [])
      .filter((bit) => bit.set)
      .map((bit) => `${indent}   ${colours.dim(`${bit.byte}.${bit.bit}`)} ${bit.name}`);
    return [`${head}  ${colours.bold(object.value ?? '')}${meaning}`, ...bits];
  });
}
