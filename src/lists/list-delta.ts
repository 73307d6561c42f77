import { canonicalJson } from '../tap/index.js';
import type { ListContent, ListDelta } from './list-document.js';
import { type ListKind, nameFields } from './list-kinds.js';
import { createNameSet, differenceOf, type NameSet, readNameSet, withDifference, without } from './name-set.js';

type Base = ListDelta['from'];

/** What has changed from one content of a kind to another. */
export function makeDelta(kind: ListKind, from: Base, before: ListContent, after: ListContent): ListDelta {
  const set: Record<string, ListContent[string]> = {};
  const names: Record<string, ListDelta['names'][string]> = {};
  for (const [field, value] of Object.entries(after)) {
    const known = before[field];
    if (known !== undefined && canonicalJson(known) === canonicalJson(value)) continue;
    if (!nameFields[kind].includes(field) || known === undefined) set[field] = value;
    else names[field] = encode(differenceOf(namesIn(known)!, namesIn(value)!));
  }
  return { from, set, unset: Object.keys(before).filter((field) => after[field] === undefined), names };
}

/** The content after a delta; `undefined` where the delta does not fit it. */
export function applyDelta(before: ListContent, { names, set, unset }: ListDelta): ListContent | undefined {
  const after: Record<string, ListContent[string]> = { ...before, ...set };
  for (const field of unset) delete after[field];
  for (const [field, difference] of Object.entries(names)) {
    const known = namesIn(before[field]);
    const change = decode(difference);
    const changed = known && change && withDifference(known, change);
    if (!changed) return undefined;
    after[field] = encodeNames(changed);
  }
  return after;
}

/** One delta for two that follow each other; `undefined` where a set of names was replaced whole on the way. */
export function joinDeltas(first: ListDelta, second: ListDelta): ListDelta | undefined {
  const names: Record<string, ListDelta['names'][string]> = { ...first.names };
  for (const [field, difference] of Object.entries(second.names)) {
    if (first.set[field] !== undefined) return undefined;
    const earlier = first.names[field];
    names[field] = earlier === undefined ? difference : joinNames(earlier, difference);
  }
  if (Object.keys(first.names).some((field) => second.set[field] !== undefined || second.unset.includes(field))) return;
  const set = { ...first.set, ...second.set };
  for (const field of second.unset) delete set[field];
  const unset = [...new Set([...first.unset, ...second.unset])].filter((field) => set[field] === undefined).sort();
  return { from: first.from, set, unset, names };
}

/** A name that came and went, or went and came, has not changed. */
function joinNames(first: ListDelta['names'][string], second: ListDelta['names'][string]): ListDelta['names'][string] {
  const [before, after] = [decode(first)!, decode(second)!];
  const join = (one: NameSet, other: NameSet) => createNameSet(Buffer.concat([one.bytes, other.bytes]));
  return encode({
    added: join(without(before.added, after.removed), without(after.added, before.removed)),
    removed: join(without(before.removed, after.added), without(after.removed, before.added)),
  });
}

export const encodeNames = ({ bytes }: NameSet): string => Buffer.from(bytes).toString('base64');

/** A field that holds names; `undefined` where it does not. */
export const namesIn = (value: unknown): NameSet | undefined =>
  typeof value === 'string' ? readNameSet(new Uint8Array(Buffer.from(value, 'base64'))) : undefined;

const encode = ({ added, removed }: { readonly added: NameSet; readonly removed: NameSet }) => ({
  removed: encodeNames(removed),
  added: encodeNames(added),
});

function decode(difference: ListDelta['names'][string]) {
  const [added, removed] = [namesIn(difference.added), namesIn(difference.removed)];
  return added && removed && { added, removed };
}
