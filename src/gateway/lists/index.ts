export { createLists, type Lists } from './create-lists.js';
export type { ListOptions } from './list-options.js';
export { type ListPolicy, listPolicy } from './list-policy.js';
export type { ListOverview } from './read-overview.js';
export { readTerminals, type TerminalQuery, type TerminalView } from './read-terminals.js';
export { keepReport, type TerminalReport, terminalReportSchema } from './terminal-reports.js';
