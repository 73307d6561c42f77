import { join } from 'node:path';
import { terminalIdOf } from '../../../src/gateway/exceptions/exception-ids.js';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { openLibsqlFile } from '../../../src/gateway/storage/libsql/open-file.js';

export interface Filling {
  readonly taps: number;
  readonly members: number;
}

type Database = Awaited<ReturnType<typeof openLibsqlFile>>;

const CHUNK = 100_000;
const TERMINALS = 5000;
const FIRST_DAY_MS = Date.parse('2015-01-01T00:00:00Z');

/**
 * Fills the books of a folder as if so many members had ridden so often, in the year before the taps of the bench. Keys
 * and indexes are as they would be; the sealed records, receipts and steps, which nothing reads again, are shorter, or
 * ten million taps would take sixty gigabytes.
 */
export async function fillBooks(dataFolder: string, { taps, members }: Filling): Promise<void> {
  await (await openDatabase({ dataFolder })).close();
  const file = await openLibsqlFile(join(dataFolder, 'gateway.db'));
  file.exec('PRAGMA synchronous=OFF');
  file.exec('PRAGMA cache_size=-1048576');
  // A token as random as a hash, the same for the same number.
  file.exec(`create temp table tokens (n integer primary key, token text)`);
  for (let from = 0; from < members; from += CHUNK) {
    file.exec(`insert into tokens with recursive c(n) as (values(${from}) union all select n + 1 from c
      where n + 1 < ${Math.min(members, from + CHUNK)}) select n, lower(hex(randomblob(32))) from c`);
  }
  file.exec('begin');
  file.exec('insert into tap_cards select token from tokens order by token');
  file.exec('commit');
  for (let from = 0; from < taps; from += CHUNK) fillChunk(file, from, Math.min(taps, from + CHUNK), { taps, members });
  fillMembers(file);
  fillTerminals(file, taps);
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  file.close();
}

/** They are spread over 250 days. */
const stepMsOf = (taps: number): number => Math.floor((250 * 86_400_000) / taps);

function fillChunk(file: Pick<Database, 'exec'>, from: number, to: number, { taps, members }: Filling): void {
  file.exec('begin');
  const stepMs = stepMsOf(taps);
  file.exec(`create temp table chunk as with recursive c(n) as (values(${from}) union all select n + 1 from c where n + 1 < ${to})
    select n, (n * 7919) % ${members} as card, n % ${TERMINALS} as t, n / ${TERMINALS} + 1 as seq,
      ${FIRST_DAY_MS} + n * ${stepMs} as ms from c`);
  file.exec(`create temp table rows as select chunk.n, token, 'bus-' || t as terminal, seq,
      printf('tap_%09x%023x', ms / 1000, chunk.n) as id, ms,
      strftime('%Y-%m-%d', ms / 1000, 'unixepoch') as day, strftime('%Y-%m-%dT%H:%M:%SZ', ms / 1000, 'unixepoch') as at,
      chunk.n / ${members} + 1 as atc from chunk join tokens on tokens.n = chunk.card`);
  file.exec(`insert into tap_identities (operator, terminal, sequence, id, content_hash, card_token)
    select 'filled', terminal, seq, id, '', '' from rows`);
  file.exec(`insert into taps (card_token, id, operator, terminal, sequence, card_mask, atc, at, at_ms, service_day, service,
      event, place, amount_fen, is_proved, result, receipt, journey_id, received_at_ms, record)
    select token, id, 'filled', terminal, seq, '622800*********0017', atc, at, ms, day, 'bus', 'single', '{}', 200, 1,
      'created', '{}', id, ms, randomblob(200) from rows`);
  file.exec(
    `insert into card_counters (card, chip, atc, tap)
      select unhex(substr(token, 1, 24)), unhex(substr(token, 1, 16)), atc, unhex(substr(id, 5)) from rows`,
  );
  file.exec(`insert into journeys (card_token, id, card_mask, operator, service, service_day, status, started_at,
      started_at_ms, fare_product, fare_fen, discount_fen, net_fen, debited_fen, due_fen, rules, steps, funding, tap_ids)
    select token, id, '622800*********0017', 'filled', 'bus', day, 'complete', at, ms, 'bus', 200, 0, 200, 200, 0, '[]',
      '[]', '[]', '[]' from rows`);
  file.exec(`insert into charges (card_token, journey_id, revision, operator, service, service_day, booked_at_ms, kind, steps)
    select token, id, 1, 'filled', 'bus', day, ms, 'charge', '[]' from rows`);
  file.exec(`insert into entries (card_token, journey_id, revision, account, sponsor, amount_fen, operator, service_day)
    select token, rows.id, 1, a.value ->> 0, '', a.value ->> 1, 'filled', day
    from rows, json_each('[["fare",-200],["card",200]]') as a`);
  file.exec('drop table rows');
  file.exec('drop table chunk');
  file.exec('commit');
}

/** Each card has a member, who has certified for the year. */
function fillMembers(file: Pick<Database, 'exec'>): void {
  file.exec('begin');
  file.exec(`insert into members (member, name, sex, work_unit, private_data, recorded_at_ms)
    select printf('M%09d', n), 'filled', null, null, null, ${FIRST_DAY_MS} from tokens order by 1`);
  file.exec(`insert into cards (card_token, card_mask, bank, generation, member, recorded_at_ms, first_generation,
      first_recorded_at_ms, member_recorded_at_ms)
    select token, '622800*********0017', 'rural-credit', 'pboc3', printf('M%09d', n), ${FIRST_DAY_MS}, 'pboc3',
      ${FIRST_DAY_MS}, ${FIRST_DAY_MS} from tokens order by 1`);
  file.exec(`insert into certifications (member, year, at, at_ms, by, recorded_at_ms)
    select printf('M%09d', n), 2015, '2015-01-01T08:00:00+08:00', ${FIRST_DAY_MS}, 'self', ${FIRST_DAY_MS}
    from tokens order by 1`);
  file.exec(
    'insert into card_list_names (card_token, sealed_name) select token, randomblob(16) from tokens order by 1',
  );
  file.exec('commit');
}

/** The survey has seen every tap: a gateway surveys its terminals as taps come, and not all of a year at once. */
function fillTerminals(file: Pick<Database, 'exec' | 'prepare'>, taps: number): void {
  const insert = file.prepare(`insert into terminals (id, operator, terminal, first_seen_ms, last_seen_ms, last_at_ms,
      first_sequence, last_sequence, taps, clock_offset_ms, clock_state, clock_since_ms, window_since_ms, window_taps,
      delay_min_ms, delay_max_ms)
    values (?, 'filled', ?, ?, ?, ?, 1, ?, ?, 0, 'right', ?, ?, 1, 0, 0)`);
  const lastMs = FIRST_DAY_MS + stepMsOf(taps) * taps;
  file.exec('begin');
  for (let terminal = 0; terminal < TERMINALS; terminal++) {
    const name = `bus-${terminal}`;
    const last = Math.floor((taps - 1 - terminal) / TERMINALS) + 1;
    if (last < 1) continue;
    const times = [FIRST_DAY_MS, lastMs, lastMs] as const;
    insert.run(terminalIdOf('filled', name), name, ...times, last, last, FIRST_DAY_MS, lastMs);
  }
  file.exec('commit');
}
