import type { MessageTemplate } from '../messages/message-templates.js';

/** Short messages on their way to members. */
export interface MessageTables {
  messages: MessagesTable;
}

export interface MessagesTable {
  id: string;
  template: MessageTemplate;
  /** Whom it is for, where it is for a member. */
  member: string | null;
  /** JSON of the mobile number and the values, sealed; empty once nobody needs it. */
  sealed: string | null;
  /** `kept`: nobody delivers; an administrator reads it. */
  state: 'pending' | 'delivered' | 'dead' | 'kept';
  attempts: number;
  /** What became of the last attempt. */
  outcome: string | null;
  created_at_ms: number;
  /** From then on it is good for nothing and is forgotten. */
  expires_at_ms: number;
  next_attempt_at_ms: number;
  /** Until then the message is in the hands of one process. */
  leased_until_ms: number;
}
