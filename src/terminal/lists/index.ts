export { type ListRefusal, listRefusals } from './list-refusal.js';
export { type Applied, type LearntKeys, type ListStore, type ListStoreOptions, openListStore } from './list-store.js';
export {
  type ListGateway,
  type OwnReport,
  type Pulled,
  type PullOptions,
  type PullReport,
  pullLists,
  type Reported,
  reportLists,
} from './pull-lists.js';
export { type ListState, type Membership, readTerminalLists, type TerminalLists } from './terminal-lists.js';
