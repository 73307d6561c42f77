export type { ContactPorts } from './contact-ports.js';
export { type ContactRun, type RunContactOptions, runContactTransaction } from './run-contact-transaction.js';
