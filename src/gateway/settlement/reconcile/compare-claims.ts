import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { Amounts, Difference } from './difference.js';

type Tell = (difference: Difference) => Promise<void>;

const ROWS_TOGETHER = 500;

interface RecordRow {
  readonly terminal: string;
  readonly sequence: number;
  readonly line: number;
  readonly amount_fen: number;
  readonly copies: number;
  readonly extra_fen: number;
  readonly tap_id: string | null;
  readonly refusal: string | null;
  readonly journey_id: string | null;
}

/** Records that are not known here, count for nothing here, or stand in the file more than once. */
export async function compareRecords(kysely: Kysely<Tables>, operator: string, tell: Tell): Promise<void> {
  const rows = sql<RecordRow>`(select claimed_records.terminal, claimed_records.sequence, line,
      claimed_records.amount_fen, copies, extra_fen, taps.id as tap_id, coalesce(taps.refusal, taps.code) as refusal,
      taps.journey_id
    from claimed_records
    left join tap_identities on tap_identities.operator = ${operator}
      and tap_identities.terminal = claimed_records.terminal and tap_identities.sequence = claimed_records.sequence
    left join taps on taps.id = tap_identities.id
    where copies > 1 or taps.journey_id is null)`;
  const stream = kysely
    .selectFrom(rows.as('records'))
    .selectAll()
    .orderBy('terminal')
    .orderBy('sequence')
    .stream(ROWS_TOGETHER);
  for await (const row of stream) {
    const { terminal, sequence, line, amount_fen, copies, extra_fen, tap_id, refusal, journey_id } = row;
    const place = { terminal, sequence, line, oursFen: 0 };
    if (copies > 1) {
      await tell({ kind: 'doubled', ...place, theirsFen: extra_fen, reason: `${copies} times` });
    }
    if (tap_id === null) await tell({ kind: 'missing-here', ...place, theirsFen: amount_fen });
    else if (journey_id === null) {
      await tell({
        kind: 'refused-here',
        ...place,
        theirsFen: amount_fen,
        ...(refusal !== null && { reason: refusal }),
      });
    }
  }
}

interface JourneyRow {
  readonly journey_id: string;
  readonly terminal: string;
  readonly sequence: number;
  readonly line: number | null;
  readonly theirs_fen: number | null;
  readonly ours_fen: number | null;
  readonly claimed_day: string | null;
  readonly booked_day: string | null;
}

interface Books {
  readonly operator: string;
  readonly serviceDay: string;
  readonly amounts: Amounts;
}

/** Journeys that stand in one of both only, or with other amounts or days. Gives what is booked on the day. */
export async function compareJourneys(
  kysely: Kysely<Tables>,
  books: Books,
  tell: Tell,
): Promise<{ readonly journeys: number; readonly amountFen: number }> {
  await keepJourneys(kysely, books);
  const { serviceDay } = books;
  const rows = sql<JourneyRow>`(
    select claimed_journeys.journey_id, terminal, sequence, line, amount_fen as theirs_fen, ours_fen, claimed_day,
      (select max(charges.service_day) from charges where charges.card_token = claimed_journeys.card_token
        and charges.journey_id = claimed_journeys.journey_id) as booked_day
    from claimed_journeys left join booked_journeys on booked_journeys.journey_id = claimed_journeys.journey_id
    where ours_fen is null or ours_fen <> amount_fen or (claimed_day <> '' and claimed_day <> ${serviceDay})
    union all
    select booked_journeys.journey_id, taps.terminal, taps.sequence, null, null, ours_fen, null, null
    from booked_journeys left join claimed_journeys on claimed_journeys.journey_id = booked_journeys.journey_id
    join taps on taps.id = booked_journeys.journey_id
    where claimed_journeys.journey_id is null and ours_fen <> 0)`;
  const stream = kysely
    .selectFrom(rows.as('journeys'))
    .selectAll()
    .orderBy('terminal')
    .orderBy('sequence')
    .stream(ROWS_TOGETHER);
  for await (const row of stream) {
    const difference = toDifference(row, serviceDay);
    if (difference) await tell(difference);
  }
  const { rows: sums } = await sql<{ journeys: number; fen: number }>`select count(*) as journeys,
    cast(coalesce(sum(ours_fen), 0) as bigint) as fen from booked_journeys`.execute(kysely);
  return { journeys: sums[0]?.journeys ?? 0, amountFen: sums[0]?.fen ?? 0 };
}

/** What the file says by journey, and what the day's books say. */
async function keepJourneys(kysely: Kysely<Tables>, { operator, serviceDay, amounts }: Books): Promise<void> {
  await sql`create temporary table claimed_journeys (journey_id text primary key, card_token text not null,
    terminal text not null, sequence bigint not null, line bigint not null, amount_fen bigint not null,
    claimed_day text not null)`.execute(kysely);
  await sql`insert into claimed_journeys
    select taps.journey_id, min(taps.card_token), min(claimed_records.terminal), min(claimed_records.sequence), min(line),
      cast(sum(claimed_records.amount_fen) as bigint), max(claimed_records.service_day)
    from claimed_records
    join tap_identities on tap_identities.operator = ${operator}
      and tap_identities.terminal = claimed_records.terminal and tap_identities.sequence = claimed_records.sequence
    join taps on taps.id = tap_identities.id
    where taps.journey_id is not null group by taps.journey_id`.execute(kysely);
  await sql`create temporary table booked_journeys (journey_id text primary key, ours_fen bigint not null)`.execute(
    kysely,
  );
  const booked =
    amounts === 'fare'
      ? sql`select journey_id, cast(sum(-amount_fen) as bigint) from entries
          where service_day = ${serviceDay} and operator = ${operator} and account = 'fare' group by journey_id`
      : sql`select journey_id, cast(sum(debited_fen) as bigint) from charges
          where service_day = ${serviceDay} and operator = ${operator} group by journey_id`;
  await sql`insert into booked_journeys ${booked}`.execute(kysely);
}

function toDifference(row: JourneyRow, serviceDay: string): Difference | undefined {
  const { journey_id: journeyId, terminal, sequence, line, theirs_fen, ours_fen, claimed_day, booked_day } = row;
  const place = { terminal, sequence, journeyId, ...(line !== null && { line }) };
  const oursFen = ours_fen ?? 0;
  if (theirs_fen === null) return { kind: 'missing-there', ...place, theirsFen: 0, oursFen };
  const amounts = { theirsFen: theirs_fen, oursFen };
  if (ours_fen === null && booked_day !== null)
    return { kind: 'day-differs', ...place, ...amounts, reason: booked_day };
  if (ours_fen !== null && claimed_day !== null && claimed_day !== '' && claimed_day !== serviceDay) {
    return { kind: 'day-differs', ...place, ...amounts, reason: serviceDay };
  }
  return theirs_fen === oursFen ? undefined : { kind: 'amount-differs', ...place, ...amounts };
}
