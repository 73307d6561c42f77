import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, bench, describe } from 'vitest';
import { importMembers } from '../../../src/gateway/membership/index.js';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import { withCheckDigit } from './member-file.js';

const MEMBERS = 5000;
const ROWS_TOGETHER = 500;

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const database = await openDatabase({ dataFolder: folder });
const raw = new Database(join(folder, 'raw.db'));
raw.exec('pragma journal_mode=WAL; pragma synchronous=FULL');
for (const table of ['members', 'cards', 'names', 'certifications', 'states']) {
  raw.exec(`create table ${table} (key text primary key, one text, other text, at integer)`);
}
afterAll(async () => {
  raw.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

let round = 0;

/** A file of members, each with a certification and a card with one state. */
function fileOf(first: number): string {
  const records = Array.from({ length: MEMBERS }, (_, index) => ({
    member: `NB-${first + index}`,
    name: '王芳',
    unit: '宁波港',
    identityNumber: '330203198001010019',
    mobile: '13900574001',
    address: '江东区中山东路 1 号',
    certifications: [{ year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' }],
    cards: [
      {
        pan: withCheckDigit(`622848${String(first + index).padStart(12, '0')}`),
        generation: 'pboc3',
        states: [{ state: 'active', from: '2015-08-26T00:00:00+08:00' }],
      },
    ],
  }));
  return JSON.stringify(records);
}

/** As many rows, with nothing behind them: no check, no token, nothing sealed. */
function insertRaw(first: number): void {
  const places = Array(ROWS_TOGETHER).fill('(?, ?, ?, ?)').join(', ');
  raw.exec('begin immediate');
  for (const table of ['members', 'cards', 'names', 'certifications', 'states']) {
    const insert = raw.prepare(`insert into ${table} values ${places}`);
    for (let start = 0; start < MEMBERS; start += ROWS_TOGETHER) {
      const rows = Array.from({ length: ROWS_TOGETHER }, (_, index) => [
        `${table}-${first + start + index}`,
        'a value of some length, as most of them are',
        'another of the same',
        first,
      ]);
      insert.run(rows.flat());
    }
  }
  raw.exec('commit');
}

describe(`${MEMBERS} members with a card, a certification and a state`, () => {
  const few = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };
  bench(
    'imported',
    async () => {
      await importMembers({
        database,
        source: { format: 'json', text: fileOf(++round * MEMBERS) },
        tokenKey: new Uint8Array(32).fill(1),
        personalDataKey: new Uint8Array(32).fill(2),
        clock: () => new Date(),
        random: randomBytes,
      });
    },
    few,
  );
  bench('as raw rows, inserted', () => insertRaw(++round * MEMBERS), few);
});
