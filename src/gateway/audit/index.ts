export { appendAudit } from './append-audit.js';
export type { AuditEntry, AuditRecord } from './audit-record.js';
export { auditCommandLine, COMMAND_LINE } from './command-line-acts.js';
export { createHeadSigner, type HeadSigner, isSignedHead, type SignedHead } from './head-signer.js';
export { type AuditHead, readAudit, readAuditHead, streamAudit } from './read-audit.js';
export { readAuditLine } from './read-audit-line.js';
export { type ChainVerdict, verifyChain } from './verify-chain.js';
