import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { inFolderOrNone } from '../../src/folders/in-folder-or-none.js';

const root = mkdtempSync(join(tmpdir(), 'yongtap-beside-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('removes what processes left that were killed, and nothing that somebody may be at', async () => {
  const dead = spawnSync('true').pid;
  const folders = [
    `.books-${dead}-old`,
    `.books-${dead}-young`,
    `.books-${process.pid}-old`,
    '.books-kept',
    '.book-1-old',
  ];
  for (const name of folders) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'gateway.db'), '');
    if (name.endsWith('young')) continue;
    for (const place of [join(root, name, 'gateway.db'), join(root, name)]) utimesSync(place, 1000, 1000);
  }
  await inFolderOrNone(join(root, 'books'), async (folder) => writeFileSync(join(folder, 'made'), ''));
  expect(readdirSync(root).sort()).toEqual([...folders.slice(1), 'books'].sort());
});

it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing of a first import that %s ends', async (signal) => {
  const place = join(root, signal);
  mkdirSync(place);
  // So many that they take far longer than it is looked at.
  const members = Array.from({ length: 50_000 }, (_, number) => `${330200000 + number},张三,2015`);
  writeFileSync(join(place, 'members.csv'), ['member,name,certified', ...members].join('\n'));
  const importing = ['bin/yongtap.js', 'members', 'import', join(place, 'members.csv'), '--data', join(place, 'books')];
  const child = spawn(process.execPath, importing, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const books = () => readdirSync(place).filter((name) => name.startsWith('.books-'));
  await vi.waitFor(() => expect(existsSync(join(place, books()[0]!, 'gateway.db'))).toBe(true), { timeout: 20_000 });
  child.kill(signal);
  expect(await ended).toEqual([null, signal]);
  expect(readdirSync(place)).toEqual(['members.csv']);
});
