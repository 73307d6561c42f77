import type { TagDefinition } from './tag-definition.js';
import definitions from './tags.json';

const byTag: ReadonlyMap<string, TagDefinition> = new Map(
  (definitions as readonly TagDefinition[]).map((definition) => [definition.tag, definition]),
);

/** What the dictionary knows of a tag (upper-case hex). */
export function lookUpTag(tag: string): TagDefinition | undefined {
  return byTag.get(tag);
}

/** The whole dictionary, in the order of the tags. */
export const tagDefinitions: readonly TagDefinition[] = definitions as readonly TagDefinition[];
