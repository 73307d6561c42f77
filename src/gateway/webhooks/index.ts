export { objectionTo } from './check-target.js';
export { type Deliverer, startDeliverer } from './deliverer.js';
export { type DeliveryView, readBacklog, readDeliveries } from './delivery-log.js';
export { type EventData, type EventType, eventCatalogue, eventTypes } from './event-catalogue.js';
export { forgetOldEvents } from './forget-old-events.js';
export { type NewEvent, publish } from './publish.js';
export { replayEvents } from './replay-events.js';
export { createSubscriptions, type Subscriptions } from './subscriptions.js';
export { createSecretSeal } from './webhook-secret.js';
