import type { DataObject } from './data-object.js';

/** Every object of a tree, parents before their children, in the order of the bytes. */
export function* walk(objects: readonly DataObject[]): Generator<DataObject, void, undefined> {
  for (const object of objects) {
    yield object;
    if (object.children !== undefined) yield* walk(object.children);
  }
}

/**
 * The first object that a path of tags leads to, each below the one before.
 *
 * @example findFirst(decode(answer), '6F', 'A5', '9F38')?.value
 */
export function findFirst(objects: readonly DataObject[], ...path: readonly string[]): DataObject | undefined {
  const [tag, ...rest] = path;
  for (const object of objects) {
    if (object.tag !== tag) continue;
    const found = rest.length === 0 ? object : findFirst(object.children ?? [], ...rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The primitive objects of a tree, in the order of the bytes. */
export function leaves(objects: readonly DataObject[], found: DataObject[] = []): DataObject[] {
  for (const object of objects) {
    if (object.children === undefined) found.push(object);
    else leaves(object.children, found);
  }
  return found;
}

/** The values of all primitive objects of a tree by tag; where a tag comes twice, the first one counts. */
export function flatten(objects: readonly DataObject[]): Map<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (const { tag, value } of leaves(objects)) if (!values.has(tag)) values.set(tag, value);
  return values;
}
