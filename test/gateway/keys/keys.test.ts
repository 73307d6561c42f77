import { isUtf8 } from 'node:buffer';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { openKeys } from '../../../src/gateway/keys/gateway-keys.js';
import { parseMasterKey } from '../../../src/gateway/keys/master-key.js';
import { resealBooks } from '../../../src/gateway/keys/reseal-books.js';
import { keyStatus, rotateKeys } from '../../../src/gateway/keys/rotate-keys.js';
import { sealedColumns } from '../../../src/gateway/keys/sealed-columns.js';
import { keptTables } from '../../../src/gateway/membership/privacy/index.js';
import type { Tables } from '../../../src/gateway/storage/index.js';
import { cellsOf, HEADINGS, someone } from '../collection/people.js';
import { openGateway } from '../http/gateway-under-test.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';
import { newPerson } from '../people/person-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-keys-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const [one, other] = [randomBytes(32), randomBytes(32)];
const random = randomBytes;
const textIn = (folder: string): string => readFileSync(join(folder, 'keys.json'), 'utf8');

it('keeps its keys under a master key, and under another one after a rotation', async () => {
  const folder = newFolder();
  const keys = await openKeys({ folder, masterKey: one }, random);
  const hex = Buffer.from(keys.tokenKey).toString('hex');
  expect(textIn(folder)).not.toContain(hex);
  expect(await openKeys({ folder, masterKey: one }, random)).toEqual(keys);
  await expect(openKeys({ folder }, random)).rejects.toMatchObject({ code: 'keys-wrapped' });
  await expect(openKeys({ folder, masterKey: other }, random)).rejects.toMatchObject({ code: 'keys-wrapped' });
  await rotateKeys({ folder, masterKey: one, newMasterKey: other, random });
  expect(await openKeys({ folder, masterKey: other }, random)).toEqual(keys);
  await expect(openKeys({ folder, masterKey: one }, random)).rejects.toMatchObject({ code: 'keys-wrapped' });
  await rotateKeys({ folder, masterKey: other, newMasterKey: 'plain', random });
  expect(textIn(folder)).toContain(hex);
  expect(await openKeys({ folder }, random)).toEqual(keys);
  expect(readdirSync(folder)).toEqual(['keys.json', 'keys.lock']);
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
});

it('adds a key for each of several rotations at once, each under its own name', async () => {
  const folder = newFolder();
  await openKeys({ folder }, random);
  const before = await Promise.all(
    Array.from({ length: 4 }, async () => {
      await rotateKeys({ folder, newDataKey: true, random });
      return (await openKeys({ folder }, random)).personalDataKey;
    }),
  );
  expect((await keyStatus({ folder })).dataKeys).toEqual(['dk_1', 'dk_2', 'dk_3', 'dk_4', 'dk_5']);
  // Whatever was sealed between two of them still opens.
  const { recordKeys } = await openKeys({ folder }, random);
  for (const key of before) expect(recordKeys).toContainEqual(key);
});

it('opens the files of the first versions, and wraps them', async () => {
  const folder = newFolder();
  const [tokenKey, personalDataKey] = [random(32), random(32)];
  const first = { tokenKey: tokenKey.toString('hex'), personalDataKey: personalDataKey.toString('hex') };
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(first));
  const keys = await openKeys({ folder }, random);
  expect(Buffer.from(keys.personalDataKey)).toEqual(personalDataKey);
  expect(keys).toMatchObject({ formerDataKeys: [], recordKeys: [] });
  const status = await rotateKeys({ folder, newMasterKey: one, newDataKey: true, random });
  expect(status).toMatchObject({ masterKey: expect.stringMatching(/^mk_/), dataKeys: ['dk_1', 'dk_2'] });
  expect(await keyStatus({ folder, masterKey: one })).toEqual(status);
  const after = await openKeys({ folder, masterKey: one }, random);
  expect(Buffer.from(after.tokenKey)).toEqual(tokenKey);
  expect(after.formerDataKeys.map((key) => Buffer.from(key))).toEqual([personalDataKey]);
});

it('takes no damaged file, no key of another place and no weak master key', async () => {
  const folder = newFolder();
  await openKeys({ folder, masterKey: one }, random);
  const file = JSON.parse(textIn(folder));
  const swapped = { ...file, tokenKey: file.dataKeys[0].key };
  for (const wrong of ['', '{', JSON.stringify(swapped), JSON.stringify({ ...file, dataKeys: [] })]) {
    writeFileSync(join(folder, 'keys.json'), wrong);
    await expect(openKeys({ folder, masterKey: one }, random)).rejects.toMatchObject({ code: 'keys-damaged' });
  }
  expect(parseMasterKey(`${one.toString('hex')}\n`)).toEqual(one);
  expect(parseMasterKey(one.toString('base64'))).toEqual(one);
  for (const wrong of ['', 'password', 'ab'.repeat(31)]) {
    expect(() => parseMasterKey(wrong)).toThrow(expect.objectContaining({ code: 'master-key-invalid' }));
  }
});

const UNIT = { unit: 'ningbo', name: '宁波市总工会', level: 'city' };
const PORT = { unit: 'port', name: '宁波港工会', level: 'trade', parent: 'ningbo' };
const CREW = { unit: 'crew', name: '引航站工会', level: 'grass-roots', parent: 'port' };
/** One good row and one that is wrong. */
const LIST = [HEADINGS, cellsOf(someone(0)), ['王五', '', '', '', '']].map((row) => row.join(',')).join('\n');

eachEngine('a new key', ({ newLocation, open }) => {
  it('seals what is new, opens what is old, and seals that anew when told', async () => {
    const folder = newFolder();
    const location = await newLocation();
    const books = {
      ...('databaseUrl' in location ? location : {}),
      dataFolder: 'dataFolder' in location ? location.dataFolder : folder,
    };
    const wish = { location, dataFolder: books.dataFolder };
    const [entry, exit] = await metroRide();
    const member = {
      member: '330200001',
      name: '张三',
      unitId: 'crew',
      mobile: '13800000001',
      cards: [{ pan: PAN, generation: 'pboc3' }],
    };
    const first = await openGateway(wish);
    const { call } = first;
    await call('POST', '/v1/units/import', { body: [UNIT, PORT, CREW] });
    await call('POST', '/v1/members', { body: member });
    const uploaded = await call('POST', '/v1/member-lists?unit=crew', { body: LIST, type: 'text/csv' });
    expect(uploaded.body.list.rows).toMatchObject({ good: 1, wrong: 1 });
    const place = { unit: '引航站', sex: 'male', address: '宁波市北仑区1号' };
    const wanted = { members: [{ member: '330200001', ...place }] };
    const sent = await call('POST', '/v1/certifications/reminders', { body: {} });
    expect(sent.body, JSON.stringify(sent.body)).toMatchObject({ sent: 1 });
    const certified = await call('POST', '/v1/certifications/officer', { body: wanted });
    expect(certified.body.counts.refused, JSON.stringify(certified.body)).toBe(0);
    const now = () => new Date('2015-10-06T12:00:00+08:00');
    await newPerson(first, { name: 'officer', roles: ['unit-officer'], unit: 'crew' }, now);
    const { id } = (await call('POST', '/v1/taps', { body: entry })).body;
    await first.close();

    // No text stays in the books under the first key but in a column that is told.
    const told = new Set(sealedColumns.map(({ table, column }) => `${table}.${column}`));
    const { personalDataKey } = await openKeys({ folder: books.dataFolder }, random);
    const { kysely } = await open(location);
    const found = await sealedUnder(kysely, personalDataKey);
    expect([...found].filter((column) => !told.has(column))).toEqual([]);
    expect([...told].filter((column) => !found.has(column))).toEqual([]);
    const declared = keptTables.flatMap(({ table, sealed = {} }) =>
      Object.keys(sealed).map((name) => `${table}.${name}`),
    );
    const tables = await kysely.introspection.getTables();
    const named = tables.flatMap(({ name: table, columns }) =>
      columns.filter(({ name }) => /sealed/.test(name)).map(({ name }) => `${table}.${name}`),
    );
    // Names of cards on the lists are sealed under the key of tokens, which stays.
    const others = new Set(['card_list_names.sealed_name']);
    expect([...declared, ...named].filter((column) => !told.has(column) && !others.has(column))).toEqual([]);

    await rotateKeys({ folder: books.dataFolder, newDataKey: true, random });
    const second = await openGateway({ ...wish, key: first.key });
    expect((await second.call('GET', '/v1/members/330200001')).body.mobile).toBe('138****0001');
    await second.call('POST', '/v1/members', { body: { member: '330200002', name: '李四', mobile: '13800000002' } });
    expect((await second.call('POST', '/v1/taps', { body: exit })).status).toBe(201);
    expect((await second.call('GET', `/v1/taps/${id}`)).status).toBe(200);
    const seen = new Set<string>();
    const progress = ({ table }: { readonly table: string }) => void seen.add(table);
    const factor = await kysely.selectFrom('second_factors').selectAll().executeTakeFirstOrThrow();
    const { record } = await kysely.selectFrom('taps').select('record').where('id', '=', id).executeTakeFirstOrThrow();
    const write = async (secret: string, bytes: Uint8Array) => {
      await kysely.updateTable('second_factors').set({ secret_sealed: secret }).execute();
      await kysely.updateTable('taps').set({ record: bytes }).where('id', '=', id).execute();
    };
    await write('AAAA', Buffer.from('damaged'));
    const broken = await resealBooks(books, { random, progress });
    expect(broken.flatMap(({ damaged }) => damaged)).toEqual([
      `second_factors.secret_sealed ${factor.account}`,
      `taps ${id}`,
    ]);
    expect(broken.map(({ resealed }) => resealed)).toEqual([1, 0, 1, 2, 1, 1, 0, 0]);
    await write(factor.secret_sealed, record);
    const done = await resealBooks(books, { random, progress });
    expect(done.map(({ table, looked, resealed }) => `${table} ${looked} ${resealed}`)).toEqual([
      'members 2 0',
      'second_factors 1 1',
      'member_lists 1 0',
      'member_list_rows 2 0',
      'certification_confirmations 1 0',
      'messages 1 0',
      'taps 2 1',
      'tap_conflicts 0 0',
    ]);
    expect([...seen]).toEqual(done.map(({ table }) => table));
    const again = await resealBooks(books, { random, progress });
    expect(again.filter(({ resealed }) => resealed > 0)).toEqual([]);
    expect([...(await sealedUnder(kysely, personalDataKey))]).toEqual([]);
    expect((await second.call('GET', '/v1/members/330200001')).body.mobile).toBe('138****0001');
    const rows = await second.call('GET', `/v1/member-lists/${uploaded.body.list.list}/rows?state=good`);
    expect(rows.body.rows[0].person.mobile).toBe('139****0000');
    expect((await second.call('POST', '/v1/taps', { body: entry })).body.result).toBe('exists');
  });
});

/** Columns that hold a value under a key of personal data, wherever it is sealed for. */
async function sealedUnder(kysely: Kysely<Tables>, key: Uint8Array): Promise<ReadonlySet<string>> {
  const tables = (await kysely.introspection.getTables()).filter(({ name }) => !/_\d+$|^sqlite_|^libsql_/.test(name));
  const found = new Set<string>();
  for (const { name, columns } of tables) {
    const rows = await kysely
      .selectFrom(name as 'members')
      .selectAll()
      .execute();
    const names = columns.map((column) => column.name);
    for (const row of rows as readonly Record<string, unknown>[]) {
      for (const column of names) if (opensUnder(key, row[column])) found.add(`${name}.${column}`);
    }
  }
  return found;
}

/** Without its place a value cannot be authenticated; that what comes out is JSON, a secret or UTF-8 text shows the key. */
function opensUnder(key: Uint8Array, value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  if (bytes[0] !== 1) return false;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 });
  const text = decipher.update(bytes.subarray(13, -16));
  return text.length >= 12 && isUtf8(text) && /^[\x20-\x7e]{2}/.test(text.toString('latin1'));
}
