import { setImmediate } from 'node:timers/promises';
import { type Kysely, PostgresAdapter } from 'kysely';
import type { Tables } from '../../storage/index.js';

/** A charge with its entries. */
export interface DayBooking {
  readonly operator: string;
  readonly journeyId: string;
  readonly revision: number;
  readonly kind: string;
  readonly service: string;
  readonly debitedFen: number;
  readonly grossFen: number;
  readonly cardFen: number;
  readonly sponsors: readonly { readonly sponsor: string; readonly fen: number }[];
}

/**
 * Charges that are read together. From the embedded database that is a few milliseconds in which nobody else of this
 * process has the processor; a server is asked less often.
 */
const CHARGES_TOGETHER = { embedded: 500, server: 2000 } as const;

const together = (kysely: Kysely<Tables>): number =>
  CHARGES_TOGETHER[kysely.getExecutor().adapter instanceof PostgresAdapter ? 'server' : 'embedded'];

/**
 * What was booked with an operator on a day, by journey and revision, in pages: charges and entries lie in one order, so
 * that each page is one look into either, and between pages others have their turn. A server reads the next page while
 * one is worked on.
 */
export async function* readBookings(
  kysely: Kysely<Tables>,
  serviceDay: string,
  operator: string,
): AsyncGenerator<readonly DayBooking[]> {
  let coming: Promise<Page> | undefined = readPage(kysely, { serviceDay, operator, journey_id: '', revision: 0 });
  try {
    while (coming) {
      const { bookings, last }: Page = await coming;
      coming = last && readPage(kysely, { serviceDay, operator, ...last });
      // Whoever asks for it hears of its failure, and nobody else.
      coming?.catch(() => {});
      if (bookings.length > 0) yield bookings;
      await setImmediate();
    }
  } finally {
    await coming?.catch(() => {});
  }
}

interface Page {
  readonly bookings: readonly DayBooking[];
  /** Behind which more may lie; absent on the last page. */
  readonly last?: Pick<ChargesAsked, 'journey_id' | 'revision'> | undefined;
}

async function readPage(kysely: Kysely<Tables>, asked: ChargesAsked): Promise<Page> {
  const { serviceDay, operator } = asked;
  const charges = await chargesAfter(kysely, asked);
  const [first, last] = [charges[0], charges.at(-1)];
  if (!first || !last) return { bookings: [] };
  const range = { serviceDay, operator, first: first.journey_id, last: last.journey_id };
  const bookings = withEntries(operator, charges, await entriesBetween(kysely, range));
  return { bookings, last: charges.length < together(kysely) ? undefined : last };
}

interface ChargesAsked {
  readonly serviceDay: string;
  readonly operator: string;
  readonly journey_id: string;
  readonly revision: number;
}

const chargesAfter = (kysely: Kysely<Tables>, { serviceDay, operator, journey_id, revision }: ChargesAsked) =>
  kysely
    .selectFrom('charges')
    .select(['journey_id', 'revision', 'kind', 'service', 'debited_fen'])
    .where('service_day', '=', serviceDay)
    .where('operator', '=', operator)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('journey_id', 'revision'), '>', tuple(journey_id, revision)))
    .orderBy('journey_id')
    .orderBy('revision')
    .limit(together(kysely))
    .execute();

type ChargeRow = Awaited<ReturnType<typeof chargesAfter>>[number];

interface EntriesAsked {
  readonly serviceDay: string;
  readonly operator: string;
  readonly first: string;
  readonly last: string;
}

const entriesBetween = (kysely: Kysely<Tables>, { serviceDay, operator, first, last }: EntriesAsked) =>
  kysely
    .selectFrom('entries')
    .select(['journey_id', 'revision', 'account', 'sponsor', 'amount_fen'])
    .where('service_day', '=', serviceDay)
    .where('operator', '=', operator)
    .where('journey_id', '>=', first)
    .where('journey_id', '<=', last)
    .orderBy('journey_id')
    .orderBy('revision')
    .orderBy('account')
    .orderBy('sponsor')
    .execute();

type EntryRow = Awaited<ReturnType<typeof entriesBetween>>[number];

/** A journey's revisions may be parted by the end of a page: its entries are then read with both. */
function withEntries(operator: string, charges: readonly ChargeRow[], entries: readonly EntryRow[]): DayBooking[] {
  let next = 0;
  const isBefore = (entry: EntryRow, charge: ChargeRow) =>
    entry.journey_id === charge.journey_id ? entry.revision < charge.revision : entry.journey_id < charge.journey_id;
  return charges.map((charge) => {
    while (next < entries.length && isBefore(entries[next]!, charge)) next++;
    const first = next;
    while (entries[next]?.journey_id === charge.journey_id && entries[next]!.revision === charge.revision) next++;
    return toBooking(operator, charge, entries.slice(first, next));
  });
}

/** A charge that only tells what a card paid at the taps has no entries. */
function toBooking(operator: string, charge: ChargeRow, entries: readonly EntryRow[]): DayBooking {
  let grossFen = 0;
  let cardFen = 0;
  const sponsors: { sponsor: string; fen: number }[] = [];
  for (const { account, sponsor, amount_fen } of entries) {
    if (account === 'fare') grossFen -= amount_fen;
    else if (account === 'card') cardFen += amount_fen;
    else sponsors.push({ sponsor, fen: amount_fen });
  }
  if (sponsors.length > 1) sponsors.sort((one, other) => (one.sponsor < other.sponsor ? -1 : 1));
  const { journey_id: journeyId, revision, kind, service, debited_fen: debitedFen } = charge;
  return { operator, journeyId, revision, kind, service, debitedFen, grossFen, cardFen, sponsors };
}
