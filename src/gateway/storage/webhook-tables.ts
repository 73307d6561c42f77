/** What others are told of, and how the telling goes. */
export interface WebhookTables {
  webhooks: WebhooksTable;
  webhook_events: WebhookEventsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_attempts: WebhookAttemptsTable;
}

/** Who wants to be told of what. */
export interface WebhooksTable {
  id: string;
  name: string;
  url: string;
  /** JSON: the types of events that are wanted. */
  event_types: string;
  /** Sealed, as is the one before it, which signs as well until it has run out. */
  secret: Uint8Array;
  previous_secret: Uint8Array | null;
  previous_until_ms: number | null;
  created_at_ms: number;
  /** Empty while it is in use. */
  disabled_at_ms: number | null;
  disabled_reason: string | null;
  /** When it last took an event. */
  delivered_at_ms: number | null;
}

/** What has happened, where somebody wanted to be told of it. */
export interface WebhookEventsTable {
  id: string;
  type: string;
  subject: string;
  /** JSON */
  data: string;
  at_ms: number;
}

/** One event on its way to one receiver; a replay is another delivery. */
export interface WebhookDeliveriesTable {
  id: string;
  webhook_id: string;
  event_id: string;
  /** When the event happened: the order in which a receiver is told. */
  at_ms: number;
  state: 'pending' | 'delivered' | 'dead';
  attempts: number;
  created_at_ms: number;
  next_attempt_at_ms: number;
  /** Until then the delivery is in the hands of one process. */
  leased_until_ms: number;
}

/** What became of one attempt. */
export interface WebhookAttemptsTable {
  delivery_id: string;
  attempt: number;
  at_ms: number;
  duration_ms: number;
  outcome: string;
  /** The status that was answered, where there was an answer. */
  status: number | null;
  /** Why its certificate was refused. */
  reason: string | null;
}
