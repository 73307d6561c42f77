export { createDenyList, type DenyList } from './deny-list.js';
export { type RecoveredTap, recoverTap } from './recover-tap.js';
export { tapCard } from './tap-card.js';
export type { TapCardOptions } from './tap-card-options.js';
export type { TapExchange } from './tap-exchange.js';
export { type Display, displays, type TapResult, type TerminalInput } from './tap-result.js';
