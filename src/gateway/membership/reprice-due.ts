import type { Job } from '../jobs/index.js';
import type { GatewayDatabase } from '../storage/index.js';

export interface RepriceDueOptions {
  readonly database: GatewayDatabase;
  /** Prices journeys of cards again and books the differences; days are YYYY-MM-DD, both inclusive. */
  reprice(query: {
    readonly cardTokens: readonly string[];
    readonly fromServiceDay: string;
    readonly toServiceDay: string;
    readonly signal?: AbortSignal | undefined;
  }): Promise<unknown>;
  readonly clock: () => Date;
  /** The service day of an instant. */
  dayOf(instant: string): string;
}

const CARDS_TOGETHER = 100;
const DAY_MS = 86_400_000;

/** No tap is older than the first card that could make one. */
const FIRST_DAY = '2000-01-01';

/** A tap may be a day ahead of the clock. */
const DAYS_AHEAD = 2;

/**
 * Prices the journeys of cards again of which something was recorded that holds from an instant before, in lots, until
 * none is left; gives how many cards that were. What is cut off halfway is done again, and books nothing twice.
 */
export async function repriceDue(options: RepriceDueOptions, signal?: AbortSignal): Promise<number> {
  let count = 0;
  for (;;) {
    const done = signal?.aborted ? 0 : await repriceLot(options, signal);
    if (done === 0) return count;
    count += done;
  }
}

const EVERY_SECONDS = 10;

/** The same as work that comes again and again. */
export const repriceJob = (options: RepriceDueOptions): Job => ({
  name: 'reprice-changed-cards',
  everySeconds: EVERY_SECONDS,
  run: async (signal) => void (await repriceDue(options, signal)),
});

/** The same where it is soon done, for who waits for it; a long queue is left to the job. */
export async function repriceSoon(options: RepriceDueOptions): Promise<void> {
  const due = await options.database.kysely
    .selectFrom('cards_to_reprice')
    .select('card_token')
    .limit(CARDS_TOGETHER + 1)
    .execute();
  if (due.length > 0 && due.length <= CARDS_TOGETHER) await repriceLot(options);
}

async function repriceLot(options: RepriceDueOptions, signal?: AbortSignal): Promise<number> {
  const { database, reprice, clock, dayOf } = options;
  const { kysely } = database;
  const due = await kysely
    .selectFrom('cards_to_reprice')
    .selectAll()
    .orderBy('from_ms')
    .limit(CARDS_TOGETHER)
    .execute();
  const [first] = due;
  if (!first) return 0;
  const from = dayOf(new Date(first.from_ms).toISOString());
  const toServiceDay = dayOf(new Date(clock().getTime() + DAYS_AHEAD * DAY_MS).toISOString());
  await reprice({
    cardTokens: due.map(({ card_token }) => card_token),
    fromServiceDay: within(FIRST_DAY, from, toServiceDay),
    toServiceDay,
    signal,
  });
  if (signal?.aborted) return 0;
  for (const { card_token, version } of due) {
    await kysely
      .deleteFrom('cards_to_reprice')
      .where('card_token', '=', card_token)
      .where('version', '=', version)
      .execute();
  }
  return due.length;
}

/** Days as texts are in the order of days. */
const within = (first: string, day: string, last: string): string => [first, day, last].sort()[1]!;
