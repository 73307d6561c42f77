import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLogSync, openDatabase } from '../../../src/gateway/storage/index.js';
import { openLibsqlFile } from '../../../src/gateway/storage/libsql/open-file.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the log of open books is brought to the disk, also where a link leads to them, for all who come at once', async () => {
  const database = await openDatabase({ dataFolder: join(folder, 'books'), syncedBy: 'caller' });
  const link = join(folder, 'link.db');
  symlinkSync(database.place, link);
  for (const path of [database.place, link]) {
    const log = createLogSync(path);
    const first = log.sync();
    const [second, third] = [log.sync(), log.sync()];
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    await Promise.all([first, second, third]);
    await log.sync();
    await log.close();
  }
  // The locks are still there: nobody else may take the log away under an open connection.
  await database.kysely.insertInto('tap_cards').values({ card_token: 'a' }).execute();
  await database.close();
});

test('once it could not be brought there it never is, for what was lost is not known', async () => {
  const path = join(folder, 'gone.db');
  const log = createLogSync(path);
  const failure = { code: 'database-unreachable', place: path };
  await expect(log.sync()).rejects.toMatchObject(failure);
  const file = await openLibsqlFile(path);
  file.exec('create table t (a)');
  await expect(log.sync()).rejects.toMatchObject(failure);
  await log.close();
  file.close();
});

test('commits wait for the disk unless somebody else sees to it', async () => {
  for (const [syncedBy, mode] of [
    [undefined, 2],
    ['commit', 2],
    ['caller', 1],
  ] as const) {
    const file = await openLibsqlFile(join(folder, `${mode}.db`), syncedBy);
    expect(file.prepare('pragma synchronous').get()).toMatchObject({ synchronous: mode });
    file.close();
  }
});
