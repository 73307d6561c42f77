export {
  type BulkDone,
  type BulkRow,
  findOrder,
  fromCells,
  orderInReach,
  stepColumns,
  takeInBulk,
} from './bulk/index.js';
export { cancelOrder } from './cancel-order.js';
export { payFee, waiveFee } from './card-fees.js';
export {
  cardLife,
  feeLife,
  type OrderStep,
  orderLife,
  orderStates,
} from './card-life.js';
export type { CardOptions } from './card-options.js';
export { collectors } from './card-policy-schema.js';
export { cardStateAt, readFacts } from './card-state.js';
export { type CardRefusalCode, type CardStepRefused, cardRefusalCodes } from './card-step-refused.js';
export { closeCard } from './close-card.js';
export { collectCard } from './collect-card.js';
export { type Cards, createCards } from './create-cards.js';
export { exchangeCard } from './exchange-card.js';
export { loadCardPolicy } from './load-card-policy.js';
export { findCard, loseCard, reporters } from './lose-card.js';
export { type CardOrder, readOrder } from './order-view.js';
export { personalizeCard, readyCard } from './personalize-card.js';
export { lateKinds, readCardLife, readOrderEvents, readOrders } from './read-orders.js';
export { replaceCard } from './replace-card.js';
export { steppedCard } from './take-card-step.js';
export { activateCard, checkCard, rejectCard } from './take-over-card.js';
