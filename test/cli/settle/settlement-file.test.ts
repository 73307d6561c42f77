import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settlementFileName, writeSettlementFile } from '../../../src/cli/settle/settlement-file.js';
import type { SettlementView } from '../../../src/gateway/index.js';
import { temporaryFolder } from '../support/yongtap.js';

const settled = (said: Partial<SettlementView>) =>
  ({ serviceDay: '2015-10-03', partyKind: 'operator', party: 'ningbo-bus', number: 1, ...said }) as SettlementView;

test('each settlement of a day has a file of its own: of who carries and funds, and of names that look alike', () => {
  const nameOf = (said: Partial<SettlementView>) => settlementFileName(settled(said), 'csv');
  expect(nameOf({})).toBe('2015-10-03-ningbo-bus-1.csv');
  expect(nameOf({ partyKind: 'sponsor' })).toBe('2015-10-03-ningbo-bus-1.sponsor.csv');
  expect(nameOf({ party: '../市 公交' })).toBe('2015-10-03-%2e%2e%2f市%20公交-1.csv');
  const alike = ['a.b', 'a_b', 'a b', 'a/b', 'a%2fb'].map((party) => nameOf({ party }));
  expect(new Set(alike).size).toBe(alike.length);
});

const text = 'record\n'.repeat(10_000);
const sha256 = createHash('sha256').update(text.repeat(3)).digest('hex');
const settlement = settled({
  files: { csv: { sha256, previousSha256: '' }, json: { sha256: '', previousSha256: '' } },
});

test('a file is held against the hash of its settlement', async () => {
  const folder = temporaryFolder();
  const write = (times: number) =>
    writeSettlementFile(folder, settlement, 'csv', async (send) => {
      for (let time = 0; time < times; time++) await send(text);
    });
  await write(3);
  expect(readFileSync(join(folder, '2015-10-03-ningbo-bus-1.csv'), 'utf8')).toBe(text.repeat(3));
  await expect(write(2)).rejects.toMatchObject({ code: 'settlement-file-changed', exitCode: 1 });
});

test('a file that cannot be written ends the writing with the system’s words', async () => {
  const writing = writeSettlementFile(join(temporaryFolder(), 'missing'), settlement, 'csv', async (send) => {
    for (;;) await send(text);
  });
  await expect(writing).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
  const nothing = writeSettlementFile(join(temporaryFolder(), 'missing'), settlement, 'csv', async () => {});
  await expect(nothing).rejects.toMatchObject({ code: 'ENOENT' });
});
