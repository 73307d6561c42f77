import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { tapIdOf } from '../../../src/gateway/intake/tap-id.js';
import { BOOKS_FILE, type DatabaseLocation, type Tables } from '../../../src/gateway/storage/index.js';
import { createLibsqlEngine } from '../../../src/gateway/storage/libsql/engine.js';
import { migrate } from '../../../src/gateway/storage/migrate.js';
import { MIGRATIONS } from '../../../src/gateway/storage/migrations/index.js';
import type { Migration } from '../../../src/gateway/storage/migrations/migration.js';
import { createPostgresqlEngine } from '../../../src/gateway/storage/postgresql/engine.js';
import { canonicalRecord, contentHash } from '../../../src/tap/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from './each-engine.js';

/** The tables as the first version of the gateway left them. */
const FIRST = MIGRATIONS.slice(0, 4);
const TOKEN = 'a'.repeat(64);
const SECRET = `yt_${'k'.repeat(43)}`;
const [entry] = await metroRide();
const id = tapIdOf(entry);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const engineAt = (location: DatabaseLocation) =>
  'databaseUrl' in location
    ? createPostgresqlEngine(location.databaseUrl)
    : createLibsqlEngine(join(location.dataFolder, BOOKS_FILE));

/** Does something with the tables, whatever their shape. */
async function over<Result>(
  location: DatabaseLocation,
  work: (kysely: Kysely<Tables>, engine: ReturnType<typeof engineAt>) => Promise<Result>,
): Promise<Result> {
  const engine = engineAt(location);
  const kysely = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    return await work(kysely, engine);
  } finally {
    await kysely.destroy();
  }
}

const journey = {
  ...{ card_token: TOKEN, id, card_mask: '622800*********0017', operator: 'ningbo-metro', service: 'metro' },
  ...{ service_day: '2015-10-02', status: 'complete', started_at: '2015-10-02T08:25:00+08:00' },
  ...{ started_at_ms: Date.parse('2015-10-02T08:25:00+08:00'), ended_at: '2015-10-02T08:45:00+08:00' },
  ...{ fare_product: 'metro', fare_fen: 300, discount_fen: 60, net_fen: 240, debited_fen: 0, due_fen: 240 },
  ...{ rules: '[]', steps: '[]', funding: '[{"sponsor":"ningbo-union","amountFen":60}]', tap_ids: `["${id}"]` },
};
const receipt = { tapId: id, cardMask: journey.card_mask, service: 'metro', event: 'entry', at: entry.at };
const charge = { card_token: TOKEN, journey_id: id, revision: 1, operator: 'ningbo-metro', service_day: '2015-10-02' };

/** A ride, its books, a member and a key, as the first version wrote them. */
async function fill(kysely: Kysely<Tables>): Promise<void> {
  const insert = async (table: string, row: Readonly<Record<string, unknown>>) => {
    const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
    await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(kysely);
  };
  const { operator, terminal, sequence, at, service, event, place } = entry;
  const tap = { id, operator, terminal, sequence, card_token: TOKEN };
  await insert('tap_identities', { ...tap, content_hash: contentHash(canonicalRecord(entry)) });
  await insert('taps', {
    ...{ ...tap, card_mask: journey.card_mask, atc: 1, at, at_ms: Date.parse(at), service_day: '2015-10-02' },
    ...{ service, event, place: JSON.stringify(place), amount_fen: 0, is_proved: 1, result: 'created' },
    ...{ receipt: JSON.stringify(receipt), journey_id: id, received_at_ms: 1, record: Uint8Array.of(1, 2, 3) },
  });
  await insert('tap_cards', { card_token: TOKEN });
  await insert('card_transactions', { card_token: TOKEN, chip: 'c'.repeat(32), atc: 1, tap_id: id });
  await insert('journeys', journey);
  await insert('charges', { ...charge, service: 'metro', booked_at_ms: 2, kind: 'charge', steps: '[]' });
  for (const [account, sponsor, amount_fen] of [
    ['fare', '', -300],
    ['card', '', 240],
    ['sponsor', 'ningbo-union', 60],
  ]) {
    await insert('entries', { ...charge, account, sponsor, amount_fen });
  }
  await insert('service_days', { service_day: '2015-10-02', closed_at_ms: 3 });
  await insert('members', { member: '330200001', name: '张三', recorded_at_ms: 1_440_000_000_000 });
  const certified = { member: '330200001', year: 2015, at: '2015-01-01T00:00:00+08:00', by: 'officer' };
  await insert('certifications', { ...certified, at_ms: Date.parse(certified.at), recorded_at_ms: 1_440_000_000_000 });
  await insert('cards', {
    ...{ card_token: TOKEN, card_mask: journey.card_mask, bank: '', generation: 'pboc3', member: '330200001' },
    recorded_at_ms: 1_440_000_000_000,
  });
  const state = { card_token: TOKEN, state: 'active', from: '2015-08-26T00:00:00+08:00' };
  await insert('card_states', { ...state, from_ms: Date.parse(state.from), recorded_at_ms: 1_440_000_000_000 });
  await insert('api_keys', {
    ...{ id: 'key_1', secret_hash: createHash('sha256').update(SECRET).digest('hex'), name: 'first' },
    ...{ role: 'administrator', created_at_ms: 1 },
  });
}

const done = (kysely: Kysely<Tables>) =>
  kysely
    .selectFrom('schema_migrations')
    .select('name')
    .execute()
    .then((rows) => rows.map(({ name }) => name).sort());

eachEngine('tables of the first version', (engine) => {
  async function firstVersion(): Promise<DatabaseLocation> {
    const location = await engine.newEmptyLocation();
    await over(location, async (kysely, ofLocation) => {
      await migrate(kysely, ofLocation, FIRST);
      await fill(kysely);
    });
    return location;
  }

  it('are brought up to date by whoever of several comes first, and give the same answers', async () => {
    const location = await firstVersion();
    await Promise.all([1, 2, 3].map(() => engine.open(location)));
    expect(await over(location, done)).toEqual(MIGRATIONS.map(({ name }) => name).sort());
    const dataFolder = 'dataFolder' in location ? location.dataFolder : mkdtempSync(join(tmpdir(), 'yongtap-first-'));
    folders.push(dataFolder);
    const { call } = await openGateway({ location, dataFolder, key: SECRET });
    expect((await call('GET', '/v1/service-days/2015-10-02')).body).toMatchObject({
      ...{ closed: true, grossFen: 300, cardFen: 240, sponsorFen: 60 },
      operators: [{ operator: 'ningbo-metro', journeys: 1, sponsors: [{ sponsor: 'ningbo-union', amountFen: 60 }] }],
    });
    expect((await call('GET', '/v1/journeys')).body.journeys).toMatchObject([{ id, netFen: 240, status: 'complete' }]);
    expect((await call('GET', '/v1/charges')).body.charges).toMatchObject([{ revision: 1, entries: [{}, {}, {}] }]);
    expect((await call('GET', `/v1/taps/${id}`)).body).toMatchObject({ id, result: 'created', journeyId: id });
    expect((await call('POST', '/v1/taps', { body: entry })).body).toEqual({ result: 'exists', id, receipt });
    const member = (await call('GET', '/v1/members/330200001')).body;
    expect(member).toMatchObject({ name: '张三', certifications: [{ year: 2015 }], cards: [{ generation: 'pboc3' }] });
    expect((await call('GET', `/v1/cards/${TOKEN}`)).body).toMatchObject({ states: [{ state: 'active' }] });
  });

  it('stay as they are where a step fails, and are migrated by the next that can', async () => {
    const location = await firstVersion();
    const breaks: Migration = {
      name: '999-breaks',
      async up({ schema }) {
        await schema.createTable('half_done').addColumn('id', 'text').execute();
        throw new Error('the power is gone');
      },
    };
    const breaking = over(location, (kysely, ofLocation) => migrate(kysely, ofLocation, [...MIGRATIONS, breaks]));
    await expect(breaking).rejects.toThrow('the power is gone');
    expect(await over(location, done)).toEqual(FIRST.map(({ name }) => name).sort());
    await over(location, async (kysely) => {
      await expect(sql`select * from half_done`.execute(kysely)).rejects.toThrow();
      await expect(sql`select * from jobs`.execute(kysely)).rejects.toThrow();
    });
    const { kysely } = await engine.open(location);
    expect(await kysely.selectFrom('journeys').select(['id', 'net_fen']).execute()).toEqual([{ id, net_fen: 240 }]);
  });
});
