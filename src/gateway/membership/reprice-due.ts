import { DAY_MS } from '../../calendar/shanghai.js';
import { doEach, type Job } from '../jobs/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { CardsToRepriceTable } from '../storage/membership-tables.js';

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

/** No tap is older than the first card that could make one. */
const FIRST_DAY = '2000-01-01';

/** A tap may be a day ahead of the clock. */
const DAYS_AHEAD = 2;

/**
 * Prices the journeys of cards again of which something was recorded that holds from an instant before, in lots, until
 * none is left; gives how many cards that were. What is cut off halfway is done again, and books nothing twice. A card
 * that cannot be priced does not keep the others from their turn: it stays due, and what was thrown first is thrown in
 * the end.
 */
export async function repriceDue(options: RepriceDueOptions, signal?: AbortSignal): Promise<number> {
  let count = 0;
  let failed: { readonly error: unknown } | undefined;
  let behind: DueCard | undefined;
  for (;;) {
    const due = signal?.aborted ? [] : await nextDue(options, behind);
    if (due.length === 0) break;
    try {
      await repriceLot(options, due, signal);
      count += signal?.aborted ? 0 : due.length;
    } catch (error) {
      failed ??= { error };
      behind = due.at(-1);
    }
  }
  if (failed) throw failed.error;
  return count;
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
  const due = await nextDue(options, undefined, CARDS_TOGETHER + 1);
  if (due.length > 0 && due.length <= CARDS_TOGETHER) await repriceLot(options, due);
}

type DueCard = CardsToRepriceTable;

/** What is due, in its order, behind a card of it. */
function nextDue(
  { database }: RepriceDueOptions,
  behind: DueCard | undefined,
  limit = CARDS_TOGETHER,
): Promise<DueCard[]> {
  let select = database.kysely
    .selectFrom('cards_to_reprice')
    .selectAll()
    .orderBy('from_ms')
    .orderBy('card_token')
    .limit(limit);
  if (behind) {
    const { from_ms, card_token } = behind;
    select = select.where(({ eb, and, or }) =>
      or([eb('from_ms', '>', from_ms), and([eb('from_ms', '=', from_ms), eb('card_token', '>', card_token)])]),
    );
  }
  return select.execute();
}

/** All of a lot at once; where that fails each card by itself, so that only those fail that cannot be priced. */
async function repriceLot(options: RepriceDueOptions, due: readonly DueCard[], signal?: AbortSignal): Promise<void> {
  try {
    await repriceTogether(options, due, signal);
  } catch (error) {
    if (due.length === 1) throw error;
    await doEach(due, signal, (card) => repriceTogether(options, [card], signal));
  }
}

async function repriceTogether(
  { database, reprice, clock, dayOf }: RepriceDueOptions,
  due: readonly DueCard[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const from = dayOf(new Date(due[0]!.from_ms).toISOString());
  const toServiceDay = dayOf(new Date(clock().getTime() + DAYS_AHEAD * DAY_MS).toISOString());
  await reprice({
    cardTokens: due.map(({ card_token }) => card_token),
    fromServiceDay: within(FIRST_DAY, from, toServiceDay),
    toServiceDay,
    signal,
  });
  if (signal?.aborted) return;
  for (const { card_token, version } of due) {
    await database.kysely
      .deleteFrom('cards_to_reprice')
      .where('card_token', '=', card_token)
      .where('version', '=', version)
      .execute();
  }
}

/** Days as texts are in the order of days. */
const within = (first: string, day: string, last: string): string => [first, day, last].sort()[1]!;
