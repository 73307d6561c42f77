import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openKeys } from '../../../src/gateway/keys/gateway-keys.js';
import { parseMasterKey } from '../../../src/gateway/keys/master-key.js';
import { resealBooks } from '../../../src/gateway/keys/reseal-books.js';
import { keyStatus, rotateKeys } from '../../../src/gateway/keys/rotate-keys.js';
import { openGateway } from '../http/gateway-under-test.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';

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
  expect(readdirSync(folder)).toEqual(['keys.json']);
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
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

it('seals what is new under a new key, reads what is old, and seals that anew when told', async () => {
  const folder = newFolder();
  const [entry, exit] = await metroRide();
  const member = {
    member: '330200001',
    name: '张三',
    mobile: '13800000001',
    cards: [{ pan: PAN, generation: 'pboc3' }],
  };
  const first = await openGateway({ dataFolder: folder });
  await first.call('POST', '/v1/members', { body: member });
  const { id } = (await first.call('POST', '/v1/taps', { body: entry })).body;
  await first.close();
  await rotateKeys({ folder, newDataKey: true, random });
  const second = await openGateway({ dataFolder: folder, key: first.key });
  expect((await second.call('GET', '/v1/members/330200001')).body.mobile).toBe('13800000001');
  await second.call('POST', '/v1/members', { body: { member: '330200002', name: '李四', mobile: '13800000002' } });
  expect((await second.call('POST', '/v1/taps', { body: exit })).status).toBe(201);
  expect((await second.call('GET', `/v1/taps/${id}`)).status).toBe(200);
  const seen: string[] = [];
  const progress = ({ table }: { readonly table: string }) => void seen.push(table);
  const done = await resealBooks({ dataFolder: folder }, { random, progress });
  expect(done).toMatchObject([
    { table: 'members', looked: 2, resealed: 1 },
    { table: 'taps', looked: 2, resealed: 1 },
    { table: 'tap_conflicts', looked: 0, resealed: 0 },
  ]);
  expect(seen).toEqual(['members', 'taps', 'tap_conflicts']);
  const again = await resealBooks({ dataFolder: folder }, { random, progress });
  expect(again.map(({ resealed }) => resealed)).toEqual([0, 0, 0]);
  expect((await second.call('GET', '/v1/members/330200001')).body.mobile).toBe('13800000001');
  expect((await second.call('POST', '/v1/taps', { body: entry })).body.result).toBe('exists');
});
