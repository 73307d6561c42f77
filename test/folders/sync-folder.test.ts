import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { syncFolder } from '../../src/folders/sync-folder.js';

test('a folder is brought to the disk; one that is gone is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-folders-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await syncFolder(folder);
  await expect(syncFolder(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('where the system cannot do so for a folder it is left at that', async () => {
  // Folders of this file system cannot be brought to a disk: there is none (EINVAL).
  await syncFolder('/proc');
});
