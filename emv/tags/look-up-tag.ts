import type { Kernel, TagDefinition, TagMeaning } from './tag-definition.js';
import meanings from './tags.json';

/** Where a tag was met, as far as that is known. */
export interface TagContext {
  /** The kernel that reads the card. */
  readonly kernel?: Kernel;
  /** The template that holds the object. */
  readonly within?: string;
}

/** The whole dictionary, in the order of the tags. */
export const tagDefinitions: readonly TagDefinition[] = define(meanings as readonly TagMeaning[]);

const byTag: ReadonlyMap<string, TagDefinition> = new Map(
  tagDefinitions.map((definition) => [definition.tag, definition]),
);

/**
 * What the dictionary knows of a tag (upper-case hex): its meaning in this template or to this kernel, where it has one
 * of its own there, or else its first.
 *
 * @example lookUpTag('9F6E', { kernel: 2 })?.name  // 'Third Party Data'
 */
export function lookUpTag(tag: string, context: TagContext = {}): TagDefinition | undefined {
  const definition = byTag.get(tag);
  return definition?.others === undefined ? definition : (findMeaning(definition, context) ?? definition);
}

function findMeaning(definition: TagDefinition, { kernel, within }: TagContext): TagMeaning | undefined {
  const candidates = [definition, ...definition.others!];
  return (
    (within && candidates.find((candidate) => candidate.within?.includes(within))) ||
    (kernel && candidates.find((candidate) => candidate.kernels?.includes(kernel))) ||
    undefined
  );
}

/** The meanings of one tag stand one after the other, the first of them first. */
function define(rows: readonly TagMeaning[]): TagDefinition[] {
  const definitions: TagDefinition[] = [];
  for (let start = 0, end: number; start < rows.length; start = end) {
    for (end = start + 1; rows[end]?.tag === rows[start]!.tag; end++);
    definitions.push(end === start + 1 ? rows[start]! : { ...rows[start]!, others: rows.slice(start + 1, end) });
  }
  return definitions;
}
