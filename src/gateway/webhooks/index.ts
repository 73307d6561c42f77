export { type EventData, type EventType, eventCatalogue, eventTypes } from './event-catalogue.js';
export { type NewEvent, publish } from './publish.js';
