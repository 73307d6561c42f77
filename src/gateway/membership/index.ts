export { type ImportOptions, type ImportReport, type ImportSource, importMembers } from './import-members.js';
export { readFareCards } from './read-fare-cards.js';
