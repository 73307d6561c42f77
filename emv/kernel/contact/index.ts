export type { Candidate, TerminalApplication } from './candidate.js';
export type { ContactAnswer, ContactExchange, ContactRequest } from './contact-exchange.js';
export { type ContactMessage, type ContactOutcome, contactMessages } from './contact-outcome.js';
export type { ContactOptions, ContactTerminal, RandomSelection } from './contact-terminal.js';
export { contactTransaction } from './contact-transaction.js';
export type { LogEntry, PurseChange } from './logs/log-entry.js';
export { type ElectronicCashBalance, readElectronicCashBalances } from './logs/read-electronic-cash-balances.js';
export { type LogKind, readLog } from './logs/read-log.js';
export type { IssuerAnswer, PortAnswer, PortKind, PortRequest } from './port-request.js';
