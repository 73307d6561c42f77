export { type InboxOptions, openInbox } from './open-inbox.js';
