export { objectionTo } from './check-target.js';
export type { Deliverer } from './deliverer.js';
export { type DeliveryView, readBacklog, readDeliveries } from './delivery-log.js';
export { type EventData, type EventType, eventCatalogue, eventTypes } from './event-catalogue.js';
export { openWebhooks, type Webhooks } from './open-webhooks.js';
export { type NewEvent, publish } from './publish.js';
export { replayEvents } from './replay-events.js';
export type { Subscriptions } from './subscriptions.js';
