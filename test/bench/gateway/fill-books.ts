import { join } from 'node:path';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { openLibsqlFile } from '../../../src/gateway/storage/libsql/open-file.js';

export interface Filling {
  readonly taps: number;
  readonly members: number;
}

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
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  file.close();
}

function fillChunk(file: { exec(sql: string): unknown }, from: number, to: number, { taps, members }: Filling): void {
  file.exec('begin');
  const stepMs = Math.floor((250 * 86_400_000) / taps);
  file.exec(`create temp table chunk as with recursive c(n) as (values(${from}) union all select n + 1 from c where n + 1 < ${to})
    select n, (n * 7919) % ${members} as card, n % ${TERMINALS} as t, n / ${TERMINALS} + 1 as seq,
      ${FIRST_DAY_MS} + n * ${stepMs} as ms from c`);
  file.exec(`create temp table rows as select chunk.n, token, 'bus-' || t as terminal, seq,
      printf('tap_%09x%023x', ms / 1000, chunk.n) as id, ms,
      strftime('%Y-%m-%d', ms / 1000, 'unixepoch') as day, strftime('%Y-%m-%dT%H:%M:%SZ', ms / 1000, 'unixepoch') as at,
      chunk.n / ${members} + 1 as atc from chunk join tokens on tokens.n = chunk.card`);
  file.exec(`insert into tap_identities (operator, terminal, sequence, id, content_hash, card_token)
    select 'filled', terminal, seq, id, lower(hex(randomblob(32))), token from rows`);
  file.exec(`insert into taps (card_token, id, operator, terminal, sequence, card_mask, atc, at, at_ms, service_day, service,
      event, place, amount_fen, is_proved, result, receipt, journey_id, received_at_ms, record)
    select token, id, 'filled', terminal, seq, '622800*********0017', atc, at, ms, day, 'bus', 'single', '{}', 200, 1,
      'created', '{}', id, ms, randomblob(200) from rows`);
  file.exec(
    `insert into card_transactions (card_token, chip, atc, tap_id) select token, substr(token, 1, 32), atc, id from rows`,
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
