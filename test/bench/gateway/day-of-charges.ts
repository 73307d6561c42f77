import { sql } from 'kysely';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';

/**
 * Writes a closed day as the intake would have booked it: `rides` bus rides of a fifth as many cards with two operators,
 * each debited 200 fen at the tap, priced at 120, the union paying 80. Rows only: nothing is proved or priced.
 */
export function writeDay(database: GatewayDatabase, serviceDay: string, rides: number): Promise<void> {
  return database.aside((kysely) => write(kysely, database.kind, serviceDay, rides));
}

async function write(
  kysely: GatewayDatabase['kysely'],
  kind: GatewayDatabase['kind'],
  serviceDay: string,
  rides: number,
): Promise<void> {
  const pad = (width: number, text: string) =>
    kind === 'libsql' ? `printf('%0${width}d', ${text})` : `lpad(cast(${text} as text), ${width}, '0')`;
  // 7919 is prime: neighbours in time are no neighbours by name, as hashes are none.
  const numbers =
    sql.raw(`(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${rides})
    select n, ${pad(64, `(cast(n as bigint) * 7919) % ${Math.ceil(rides / 5)}`)} as card,
      'tap_' || ${pad(32, `(cast(n as bigint) * 7919) % ${rides}`)} as journey,
      case when n % 2 = 0 then 'ningbo-bus' else 'ningbo-metro' end as operator from numbers)`);
  const key = sql.raw(`card, journey, 1`);
  await sql`insert into charges (card_token, journey_id, revision, operator, service, service_day, booked_at_ms, kind,
      steps, debited_fen)
    select ${key}, operator, 'bus', ${serviceDay}, 0, 'charge', '[]', 200 from ${numbers} as rides`.execute(kysely);
  await sql`insert into entries (card_token, journey_id, revision, account, sponsor, amount_fen, operator, service_day)
    select ${key}, account, sponsor, fen, operator, ${serviceDay} from ${numbers} as rides
    cross join (select 'fare' as account, '' as sponsor, -200 as fen union all select 'card', '', 120
      union all select 'sponsor', 'ningbo-union', 80) as lines`.execute(kysely);
  await kysely.insertInto('service_days').values({ service_day: serviceDay, closed_at_ms: 0 }).execute();
  // A server does so by itself, sooner or later.
  if (kind === 'postgresql') await sql`vacuum analyze`.execute(kysely);
}

/** One reading of the day's rows: every charge and every entry through the driver, in bounded memory. */
export async function readDay(database: GatewayDatabase, serviceDay: string): Promise<number> {
  let rows = 0;
  await database.aside(async (kysely) => {
    for (const table of ['charges', 'entries'] as const) {
      for await (const row of kysely.selectFrom(table).selectAll().where('service_day', '=', serviceDay).stream(500)) {
        rows += row.revision;
      }
    }
  });
  return rows;
}
