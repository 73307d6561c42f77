export type { InboxOptions } from './inbox-options.js';
export { openInbox } from './open-inbox.js';
