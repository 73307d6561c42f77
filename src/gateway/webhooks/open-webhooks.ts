import type { Job } from '../jobs/index.js';
import { type Deliverer, type DelivererOptions, startDeliverer } from './deliverer.js';
import { forgetOldEvents } from './forget-old-events.js';
import { createSubscriptions, type Subscriptions } from './subscriptions.js';
import { createSecretSeal } from './webhook-secret.js';

export interface WebhooksOptions extends Omit<DelivererOptions, 'seal'> {
  /** Seals the receivers' secrets; the same for ever. */
  readonly key: Uint8Array;
}

export interface Webhooks {
  readonly subscriptions: Subscriptions;
  /** Forgets what is too old. */
  readonly job: Job;
  start(): Deliverer;
}

const DAY_S = 86_400;

/** All that tells others of events, over one database. */
export function openWebhooks({ key, ...options }: WebhooksOptions): Webhooks {
  const { database, clock, random } = options;
  const seal = createSecretSeal(key, random);
  return {
    subscriptions: createSubscriptions({ database, seal, clock, random }),
    job: {
      name: 'forget-old-events',
      everySeconds: DAY_S,
      run: async (signal) => {
        await forgetOldEvents(database, clock(), signal);
      },
    },
    start: () => startDeliverer({ ...options, seal }),
  };
}
