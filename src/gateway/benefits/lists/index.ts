export { type BenefitLists, type BenefitListsOptions, createBenefitLists } from './create-benefit-lists.js';
export type { ListChange, ListEntry } from './list-entry.js';
export { type ListFormat, listWriters, writeListFile } from './list-files.js';
export { createListHeaderSigner } from './list-header.js';
export { type BenefitListPolicy, benefitListIdSchema, benefitListSchema } from './list-policy-schema.js';
export { loadBenefitLists } from './load-list-policy.js';
export { readChanges, readEntries } from './read-entries.js';
export type { VersionView } from './version-view.js';
