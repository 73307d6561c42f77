export type { MessageEndpoint } from './deliver-messages.js';
export { MessageError, messageTemplates } from './message-templates.js';
export { type Messages, openMessages } from './open-messages.js';
export type { MessageView } from './read-messages.js';
