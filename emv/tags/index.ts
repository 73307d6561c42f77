export { lookUpTag, tagDefinitions } from './look-up-tag.js';
export type { DataFormat, DataSource, TagDefinition } from './tag-definition.js';
