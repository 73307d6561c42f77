export type { MessageEndpoint } from './deliver-messages.js';
export { MessageError, type MessageTemplate, type MessageValues, messageTemplates } from './message-templates.js';
export { type Messages, type MessagesOptions, openMessages } from './open-messages.js';
export type { MessageView } from './read-messages.js';
export type { NewMessage } from './send-message.js';
