export { type BenefitLists, createBenefitLists } from './create-benefit-lists.js';
export { listWriters, writeListFile } from './list-files.js';
export { createListHeaderSigner } from './list-header.js';
export { benefitListIdSchema, benefitListSchema } from './list-policy-schema.js';
export { loadBenefitLists } from './load-list-policy.js';
export { readChanges, readEntries } from './read-entries.js';
