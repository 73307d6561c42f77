export {
  type CardLifeState,
  type CardStep,
  cardLife,
  type OrderState,
  type OrderStep,
  orderLife,
  orderStates,
} from './card-life.js';
export type { CardPolicy } from './card-policy-schema.js';
export { type CardRefusalCode, type CardStepRefused, cardRefusalCodes } from './card-step-refused.js';
export { type Cards, createCards } from './create-cards.js';
export { loadCardPolicy, parseCardPolicy } from './load-card-policy.js';
export type { OrderedCard, OrderRequest } from './order-card.js';
export type { CardOrder } from './order-view.js';
