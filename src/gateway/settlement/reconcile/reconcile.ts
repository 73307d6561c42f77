import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { SettlementOptions } from '../settlement-options.js';
import { compareJourneys, compareRecords } from './compare-claims.js';
import {
  type Amounts,
  type Difference,
  type DifferenceKind,
  differenceKinds,
  type ReconciliationSummary,
} from './difference.js';
import { keepClaims } from './keep-claims.js';
import { readClaims } from './read-claims.js';

export interface ReconciliationRequest extends Pick<SettlementOptions, 'database'> {
  readonly operator: string;
  readonly serviceDay: string;
  readonly amounts: Amounts;
  readonly file: { readonly format: 'csv' | 'ndjson'; readonly content: AsyncIterable<Uint8Array> };
  /** Told of each difference, records first and then journeys, each in order of terminal and sequence. */
  readonly onDifference: (difference: Difference) => Promise<void>;
}

/**
 * Holds an operator's file of taps or charges against the books of a service day. Records are told by terminal and
 * sequence; those of one journey count together. The sums of both sides differ by what the differences say. Memory stays
 * flat: the file is kept in temporary tables beside the books. Throws ReconciliationError for a line that cannot be read.
 */
export function reconcile(request: ReconciliationRequest): Promise<ReconciliationSummary> {
  return request.database.aside(async (kysely) => {
    try {
      return await compare(kysely, request);
    } finally {
      for (const table of TEMPORARY) await sql`drop table if exists ${sql.table(table)}`.execute(kysely);
    }
  });
}

const TEMPORARY = ['claimed_records', 'claimed_journeys', 'booked_journeys'];

async function compare(
  kysely: Kysely<Tables>,
  { operator, serviceDay, amounts, file, onDifference }: ReconciliationRequest,
): Promise<ReconciliationSummary> {
  for (const table of TEMPORARY) await sql`drop table if exists ${sql.table(table)}`.execute(kysely);
  const theirs = await keepClaims(kysely, readClaims({ ...file, operator }));
  const counts = Object.fromEntries(differenceKinds.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
  const tell = async (difference: Difference) => {
    counts[difference.kind]++;
    await onDifference(difference);
  };
  await compareRecords(kysely, operator, tell);
  const ours = await compareJourneys(kysely, { operator, serviceDay, amounts }, tell);
  const closed = await kysely
    .selectFrom('service_days')
    .select('service_day')
    .where('service_day', '=', serviceDay)
    .executeTakeFirst();
  return {
    operator,
    serviceDay,
    closed: closed !== undefined,
    amounts,
    agrees: Object.values(counts).every((count) => count === 0),
    theirs,
    ours,
    differences: counts,
  };
}
