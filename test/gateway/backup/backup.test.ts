import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { BackupError, backupBooks, restoreBooks } from '../../../src/gateway/index.js';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import { shell } from '../../cli/support/yongtap.js';
import { openGateway } from '../http/gateway-under-test.js';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';

const [entry, exit] = await metroRide();
const folder = mkdtempSync(join(tmpdir(), 'yongtap-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nth = (sequence: number) => ({ ...entry, terminal: 'many', sequence });
const urlOf = (location: DatabaseLocation) => ('databaseUrl' in location ? location.databaseUrl : undefined);
const clock = () => new Date('2015-10-07T00:00:00Z');
const passphrase = 'correct horse';
const DAY = '/v1/service-days/2015-10-03';

/** Whether a folder is brought to the disk while something is done, so that what is named in it outlives a loss of power. */
async function isSyncedBy(path: string, work: () => Promise<unknown>): Promise<boolean> {
  const some = await open(path);
  const handles = Object.getPrototypeOf(some) as FileHandle;
  await some.close();
  const { sync } = handles;
  let isSynced = false;
  handles.sync = function () {
    if (fstatSync(this.fd).ino === statSync(path).ino) isSynced = true;
    return sync.call(this);
  };
  await work().finally(() => Object.assign(handles, { sync }));
  return isSynced;
}

eachEngine('a back-up', (engine) => {
  it('made under load has one instant of the books, and a restored gateway answers the same', async () => {
    const location = await engine.newLocation();
    const dataFolder = 'dataFolder' in location ? location.dataFolder : mkdtempSync(join(folder, 'data-'));
    const gateway = await openGateway({ location, dataFolder });
    for (const body of [entry, exit]) expect((await gateway.call('POST', '/v1/taps', { body })).status).toBe(201);
    const to = join(folder, `${engine.kind}.backup`);
    let isBusy = true;
    const load = (async () => {
      for (let sequence = 1; isBusy; sequence++) await gateway.call('POST', '/v1/taps', { body: nth(sequence) });
    })();
    const options = { dataFolder, databaseUrl: urlOf(location), clock, random: randomBytes };
    const manifest = await backupBooks({ ...options, to, passphrase });
    isBusy = false;
    await load;
    expect(manifest).toMatchObject({ engine: engine.kind, madeAt: clock().toISOString(), keys: expect.anything() });
    expect(readFileSync(to).includes(Buffer.from('6228000100000000017'))).toBe(false);
    expect(readFileSync(to, 'utf8')).not.toContain(
      JSON.parse(readFileSync(join(dataFolder, 'keys.json'), 'utf8')).tokenKey,
    );
    await expect(backupBooks({ ...options, to })).rejects.toMatchObject({ code: 'backup-exists' });
    const totals = (await gateway.call('GET', DAY)).body;
    const next = await engine.newEmptyLocation();
    const restored = mkdtempSync(join(folder, 'restored-'));
    const target = { from: to, dataFolder: restored, databaseUrl: urlOf(next) };
    await expect(restoreBooks(target)).rejects.toMatchObject({ code: 'passphrase-missing' });
    await expect(restoreBooks({ ...target, passphrase: 'no' })).rejects.toMatchObject({ code: 'passphrase-wrong' });
    const torn = join(folder, 'torn.backup');
    writeFileSync(torn, readFileSync(to).subarray(0, -100));
    for (const refused of [target, { ...target, passphrase: 'no' }, { ...target, passphrase, from: torn }]) {
      const nowhere = join(folder, 'not', 'made');
      await expect(restoreBooks({ ...refused, dataFolder: nowhere })).rejects.toThrow(BackupError);
      expect(existsSync(join(folder, 'not'))).toBe(false);
    }
    const taken = mkdtempSync(join(folder, 'taken-'));
    const progress = () => writeFileSync(join(taken, 'keys.json'), '{"of":"a gateway that has begun meanwhile"}');
    const beside = restoreBooks({ ...target, dataFolder: taken, passphrase, progress });
    await expect(beside).rejects.toMatchObject({ code: 'keys-differ' });
    expect(readdirSync(taken)).toEqual(['keys.json']);
    if (engine.kind === 'libsql') {
      const miscounted = { ...manifest, counts: { ...manifest.counts, taps: manifest.counts.taps + 1 } };
      const bytes = readFileSync(to);
      const from = join(folder, 'miscounted.backup');
      writeFileSync(
        from,
        Buffer.concat([Buffer.from(JSON.stringify(miscounted)), bytes.subarray(bytes.indexOf(0x0a))]),
      );
      const refused = restoreBooks({ ...target, passphrase, from });
      await expect(refused).rejects.toMatchObject({ code: 'backup-damaged' });
      expect(readdirSync(restored)).toEqual([]);
    }
    const restore = async () =>
      expect(await restoreBooks({ ...target, passphrase })).toMatchObject({ keys: 'restored', manifest });
    expect(await isSyncedBy(restored, restore)).toBe(true);
    await expect(restoreBooks({ ...target, passphrase })).rejects.toMatchObject({ code: 'books-exist' });
    expect(readdirSync(restored).filter((name) => name.startsWith('.'))).toEqual([]);
    const again = await openGateway({
      ...('databaseUrl' in next && { location: next }),
      dataFolder: restored,
      key: gateway.key,
    });
    expect((await again.call('GET', DAY)).body).toEqual(totals);
    for (const body of [entry, exit]) {
      const answer = await again.call('POST', '/v1/taps', { body });
      expect(answer).toMatchObject({ status: 200, body: { result: 'exists' } });
      expect(answer.body).toEqual((await gateway.call('POST', '/v1/taps', { body })).body);
    }
  });

  it('and a restore go on where others were killed, and remove what these left', async () => {
    const location = await engine.newLocation();
    const dataFolder = 'dataFolder' in location ? location.dataFolder : folder;
    const [there, target] = [mkdtempSync(join(folder, 'killed-')), mkdtempSync(join(folder, 'killed-'))];
    const dead = spawnSync(process.execPath, ['--version']).pid;
    const long = new Date(Date.now() - 7_200_000);
    for (const left of [join(there, `.yongtap-backup-${dead}-a`), join(target, `.yongtap-restore-${dead}-a`)]) {
      mkdirSync(left);
      writeFileSync(join(left, 'books'), 'half of them');
      if (left.startsWith(there)) for (const path of [join(left, 'books'), left]) utimesSync(path, long, long);
    }
    const to = join(there, 'books.backup');
    writeFileSync(`${to}.partial`, '');
    await backupBooks({ dataFolder, databaseUrl: urlOf(location), to, clock, random: randomBytes });
    expect(readdirSync(there)).toEqual(['books.backup', 'books.backup.partial']);
    const databaseUrl = urlOf(await engine.newEmptyLocation());
    await restoreBooks({ from: to, dataFolder: target, databaseUrl });
    expect(readdirSync(target)).toEqual(databaseUrl === undefined ? ['gateway.db'] : []);
  });

  it('that was changed, cut short, or is of another kind or none is not put back', async () => {
    const location = await engine.newLocation();
    await (await engine.open(location)).close();
    const good = join(folder, `${engine.kind}-empty.backup`);
    const dataFolder = 'dataFolder' in location ? location.dataFolder : folder;
    const backup = () =>
      backupBooks({ dataFolder, databaseUrl: urlOf(location), to: good, clock, random: randomBytes });
    expect(await isSyncedBy(folder, backup)).toBe(true);
    const next = urlOf(await engine.newEmptyLocation());
    const where = `--data ${join(folder, 'no-room')}${next === undefined ? '' : ` --database ${next}`}`;
    const noRoom = await shell(`ulimit -f 8; yongtap gateway restore ${good} ${where}`, { cwd: folder, isAlone: true });
    expect(noRoom).toMatchObject({ code: 2, stderr: expect.stringMatching(/EFBIG.*\[system-error\]/) });
    expect(existsSync(join(folder, 'no-room'))).toBe(false);
    const bytes = readFileSync(good);
    const head = bytes.indexOf(0x0a);
    const restoreOf = async (changed: Uint8Array, databaseUrl = next) => {
      const from = join(folder, 'changed.backup');
      writeFileSync(from, changed);
      const target = mkdtempSync(join(folder, 'refused-'));
      const error = await restoreBooks({ from, dataFolder: target, databaseUrl }).catch((error: unknown) => error);
      expect(readdirSync(target)).toEqual([]);
      return (error as { code: string }).code;
    };
    const flipped = Uint8Array.from(bytes);
    flipped[bytes.length - 20]! ^= 1;
    expect(await restoreOf(flipped)).toBe('backup-damaged');
    expect(await restoreOf(bytes.subarray(0, -100))).toBe('backup-damaged');
    const manifest = JSON.parse(bytes.toString('utf8', 0, head));
    const withManifest = (change: object) =>
      Buffer.concat([Buffer.from(JSON.stringify({ ...manifest, ...change })), bytes.subarray(head)]);
    expect(await restoreOf(withManifest({ sha256: '0'.repeat(64) }))).toBe('backup-damaged');
    expect(await restoreOf(withManifest({ migrations: ['999-future'] }))).toBe('database-newer');
    const other = engine.kind === 'libsql' ? 'postgresql' : 'libsql';
    expect(await restoreOf(withManifest({ engine: other }))).toBe('engine-differs');
    expect(await restoreOf(Buffer.from('nothing\n'))).toBe('backup-unreadable');
    expect(await restoreOf(new Uint8Array())).toBe('backup-unreadable');
  });
});

it('of nothing is refused', async () => {
  const empty = mkdtempSync(join(folder, 'empty-'));
  const options = { dataFolder: empty, to: join(folder, 'none.backup'), clock, random: randomBytes };
  await expect(backupBooks(options)).rejects.toMatchObject({ code: 'books-missing' });
  await expect(backupBooks({ ...options, passphrase })).rejects.toMatchObject({ code: 'books-missing' });
  expect(readdirSync(empty)).toEqual([]);
});
