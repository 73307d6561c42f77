export { createLists, type Lists } from './create-lists.js';
export { type ListPolicy, listPolicy } from './list-policy.js';
export { readTerminals, type TerminalQuery, type TerminalView } from './read-terminals.js';
export { keepReport, terminalReportSchema } from './terminal-reports.js';
