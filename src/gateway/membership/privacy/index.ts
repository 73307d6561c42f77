export { type ErasureResult, eraseMember } from './erase-member.js';
export { exportMember } from './export-member.js';
export { maskPrivateData } from './mask-private-data.js';
export { impersonalTables, keptTables } from './personal-data.js';
