export { kernelOf } from './kernel-of.js';
export { lookUpTag, type TagContext, tagDefinitions } from './look-up-tag.js';
export type { DataFormat, DataSource, Kernel, TagDefinition, TagMeaning } from './tag-definition.js';
