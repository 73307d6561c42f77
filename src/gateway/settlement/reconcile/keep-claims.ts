import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { ClaimedRecord } from './claimed-record.js';

const RECORDS_TOGETHER = 500;

interface Kept {
  readonly record: ClaimedRecord;
  copies: number;
  extraFen: number;
}

/** Keeps the records of a file in a temporary table, those of one identity once and counted. */
export async function keepClaims(
  kysely: Kysely<Tables>,
  records: AsyncIterable<ClaimedRecord>,
): Promise<{ readonly records: number; readonly amountFen: number }> {
  await sql`create temporary table claimed_records (terminal text not null, sequence bigint not null, line bigint not null,
    amount_fen bigint not null, service_day text not null, copies integer not null, extra_fen bigint not null,
    primary key (terminal, sequence))`.execute(kysely);
  let count = 0;
  let amountFen = 0;
  let waiting = new Map<string, Kept>();
  for await (const record of records) {
    count++;
    amountFen += record.amountFen;
    const key = `${record.sequence} ${record.terminal}`;
    const known = waiting.get(key);
    if (known) {
      known.copies++;
      known.extraFen += record.amountFen;
    } else {
      waiting.set(key, { record, copies: 1, extraFen: 0 });
    }
    if (waiting.size < RECORDS_TOGETHER) continue;
    await keep(kysely, waiting);
    waiting = new Map();
  }
  if (waiting.size > 0) await keep(kysely, waiting);
  return { records: count, amountFen };
}

async function keep(kysely: Kysely<Tables>, waiting: ReadonlyMap<string, Kept>): Promise<void> {
  const rows = [...waiting.values()].map(
    ({ record: { terminal, sequence, line, amountFen, serviceDay = '' }, copies, extraFen }) =>
      sql`(${terminal}, ${sequence}, ${line}, ${amountFen}, ${serviceDay}, ${copies}, ${extraFen})`,
  );
  await sql`insert into claimed_records (terminal, sequence, line, amount_fen, service_day, copies, extra_fen)
    values ${sql.join(rows)}
    on conflict (terminal, sequence) do update set copies = claimed_records.copies + excluded.copies,
      extra_fen = claimed_records.extra_fen + excluded.amount_fen + excluded.extra_fen`.execute(kysely);
}
