import type { GatewayDatabase } from '../storage/index.js';
import type { WebhooksTable } from '../storage/webhook-tables.js';
import type { EventType } from './event-catalogue.js';
import { SECRET_OVERLAP_MS, WEBHOOKS_MAX } from './limits.js';
import { keepEvent, queueDeliveries } from './publish.js';
import { newWebhookSecret, type SecretSeal } from './webhook-secret.js';

export interface NewWebhook {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventType[];
}

/** A receiver as it may be shown: never its secret. */
export interface Webhook extends NewWebhook {
  readonly id: string;
  readonly state: 'active' | 'disabled';
  readonly disabledReason?: string;
  readonly disabledAt?: string;
  readonly createdAt: string;
  readonly lastDeliveredAt?: string;
}

export interface SubscriptionOptions {
  readonly database: GatewayDatabase;
  readonly seal: SecretSeal;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
}

export interface Subscriptions {
  /** The secret is told this once. `full`: there are as many as there may be. */
  create(webhook: NewWebhook): Promise<{ readonly webhook: Webhook; readonly secret: string } | 'full'>;
  list(): Promise<readonly Webhook[]>;
  read(id: string): Promise<Webhook | undefined>;
  /** With its deliveries and their log. */
  remove(id: string): Promise<boolean>;
  /** Goes on with what is due; what happened while it was disabled is replayed by whoever wants it. */
  enable(id: string): Promise<Webhook | undefined>;
  /** The secret before goes on signing beside the new one until then. */
  rotate(id: string): Promise<{ readonly secret: string; readonly previousUntil: string } | undefined>;
  /** Sends `webhook.test` to this receiver alone. Gives the event's id. */
  test(id: string): Promise<string | undefined>;
}

const ID_LENGTH = 8;
const instant = (ms: number): string => new Date(ms).toISOString();

const toWebhook = (row: WebhooksTable): Webhook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  events: JSON.parse(row.event_types),
  state: row.disabled_at_ms === null ? 'active' : 'disabled',
  ...(row.disabled_reason !== null && { disabledReason: row.disabled_reason }),
  ...(row.disabled_at_ms !== null && { disabledAt: instant(row.disabled_at_ms) }),
  createdAt: instant(row.created_at_ms),
  ...(row.delivered_at_ms !== null && { lastDeliveredAt: instant(row.delivered_at_ms) }),
});

/** Who is told of what. */
export function createSubscriptions({ database, seal, clock, random }: SubscriptionOptions): Subscriptions {
  const { kysely } = database;
  const rowOf = (id: string) => kysely.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  const read = async (id: string) => {
    const row = await rowOf(id);
    return row && toWebhook(row);
  };
  return {
    async create({ name, url, events }) {
      const { count } = await kysely
        .selectFrom('webhooks')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      if (count >= WEBHOOKS_MAX) return 'full';
      const secret = newWebhookSecret(random);
      const row: WebhooksTable = {
        id: `wh_${Buffer.from(random(ID_LENGTH)).toString('hex')}`,
        name,
        url,
        event_types: JSON.stringify([...new Set(events)].sort()),
        secret: seal.seal(secret),
        previous_secret: null,
        previous_until_ms: null,
        created_at_ms: clock().getTime(),
        disabled_at_ms: null,
        disabled_reason: null,
        delivered_at_ms: null,
      };
      await kysely.insertInto('webhooks').values(row).execute();
      return { webhook: toWebhook(row), secret };
    },
    list: async () =>
      (await kysely.selectFrom('webhooks').selectAll().orderBy('created_at_ms').orderBy('id').execute()).map(toWebhook),
    read,
    async remove(id) {
      const { numDeletedRows } = await kysely.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async enable(id) {
      const enabled = { disabled_at_ms: null, disabled_reason: null };
      await kysely.updateTable('webhooks').set(enabled).where('id', '=', id).execute();
      return read(id);
    },
    async rotate(id) {
      const secret = newWebhookSecret(random);
      const untilMs = clock().getTime() + SECRET_OVERLAP_MS;
      const { numUpdatedRows } = await kysely
        .updateTable('webhooks')
        .set(({ ref }) => ({
          previous_secret: ref('secret'),
          previous_until_ms: untilMs,
          secret: seal.seal(secret),
        }))
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n ? { secret, previousUntil: instant(untilMs) } : undefined;
    },
    async test(id) {
      const at = clock();
      return database.inTransaction(async (transaction) => {
        const row = await transaction.selectFrom('webhooks').select('id').where('id', '=', id).executeTakeFirst();
        if (!row) return undefined;
        const event = { type: 'webhook.test', subject: id, data: { webhookId: id }, at } as const;
        const eventId = await keepEvent(transaction, event);
        const atMs = at.getTime();
        await queueDeliveries(transaction, [{ webhookId: id, eventId, atMs, round: 0 }], at);
        return eventId;
      });
    },
  };
}
