import type { Transaction } from 'kysely';
import type { Job } from '../jobs/index.js';
import type { Tables } from '../storage/index.js';
import { type DeliveryOptions, deliverMessages, type MessageEndpoint } from './deliver-messages.js';
import { forgetMessages } from './forget-messages.js';
import { createMessageSeal, type MessageKeys } from './message-seal.js';
import { type MessageQuery, type MessageView, readMessages } from './read-messages.js';
import { type NewMessage, putMessage } from './send-message.js';

export interface MessagesOptions extends MessageKeys, Pick<DeliveryOptions, 'database' | 'clock' | 'version'> {
  readonly logger: DeliveryOptions['logger'] & { error(line: object, message: string): void };
  /** Left out: messages are kept until they expire, and an administrator reads them. */
  readonly endpoint?: MessageEndpoint | undefined;
}

export interface Messages {
  /**
   * Puts a short message into the sealed outbox, in the transaction of what it tells of. Gives its id. Throws
   * MessageError where a value of the template is missing.
   *
   * @example
   * await messages.sendMessage(transaction, { to: mobile, template: 'certification-code', values: { code, year, minutes } });
   */
  sendMessage(transaction: Transaction<Tables>, message: NewMessage): Promise<string>;
  /** Delivers what is due without waiting for the job; call it once the transaction is kept. */
  deliverSoon(): void;
  read(query: MessageQuery): Promise<readonly (MessageView & { readonly createdAtMs: number })[]>;
  readonly jobs: readonly Job[];
  /** Ends what {@link deliverSoon} has begun. */
  stop(): Promise<void>;
}

const DELIVER_EVERY_S = 5;
const FORGET_EVERY_S = 60;

/** Short messages to members: an outbox that is sealed, delivered by a job, and forgotten. */
export function openMessages({ endpoint, ...options }: MessagesOptions): Messages {
  const { database, clock, random, logger } = options;
  const seal = createMessageSeal(options);
  const stopping = new AbortController();
  let delivering: Promise<void> | undefined;
  const deliver = async (signal: AbortSignal) => {
    if (endpoint) await deliverMessages({ ...options, seal, endpoint }, signal);
  };
  const deliverNow = (): Promise<void> =>
    deliver(stopping.signal)
      .catch((err: unknown) => logger.error({ err }, 'messages are delivered later'))
      .finally(() => {
        delivering = undefined;
      });
  return {
    sendMessage: (transaction, message) =>
      putMessage(transaction, message, { seal, clock, random, isKept: endpoint === undefined }),
    deliverSoon() {
      if (endpoint && !stopping.signal.aborted) delivering ??= deliverNow();
    },
    read: (query) => readMessages(database.kysely, seal, query, clock()),
    jobs: [
      ...(endpoint ? [{ name: 'deliver-messages', everySeconds: DELIVER_EVERY_S, run: deliver }] : []),
      {
        name: 'forget-messages',
        everySeconds: FORGET_EVERY_S,
        run: async (signal) => void (await forgetMessages(database, clock(), signal)),
      },
    ],
    async stop() {
      stopping.abort();
      await delivering;
    },
  };
}
