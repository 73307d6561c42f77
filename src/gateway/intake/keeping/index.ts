export { createKeeper, keepTogether } from './create-keeper.js';
export { inTurn } from './in-turn.js';
export type { Keeper } from './keeper.js';
export type { Kept, ThreadSetUp, ToKeep } from './messages.js';
export { ThreadedKeeper } from './threaded-keeper.js';
