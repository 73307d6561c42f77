export type { Candidate, TerminalApplication } from './candidate.js';
export type { ContactAnswer, ContactExchange, ContactRequest } from './contact-exchange.js';
export { type ContactMessage, type ContactOutcome, contactMessages } from './contact-outcome.js';
export type { ContactOptions, ContactTerminal, RandomSelection } from './contact-terminal.js';
export { contactTransaction } from './contact-transaction.js';
export type { IssuerAnswer, PortAnswer, PortKind, PortRequest } from './port-request.js';
