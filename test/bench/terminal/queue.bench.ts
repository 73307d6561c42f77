import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { openTapQueue } from '../../../src/terminal/index.js';
import { sampleTap } from '../../tap/sample-tap.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const queue = await openTapQueue(join(folder, 'queue'), {
  key: randomBytes(32),
  random: randomBytes,
  operator: sampleTap.operator,
  terminal: sampleTap.terminal,
  bytesMax: Number.POSITIVE_INFINITY,
});
const line = new TextEncoder().encode(`${JSON.stringify(sampleTap)}\n`);
const log = await open(join(folder, 'log'), 'w');
let position = 0;

afterAll(async () => {
  await queue.close();
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a tap kept in the queue against its text appended to a file and synced', () => {
  bench('write and fsync', async () => {
    await log.write(line, 0, line.length, position);
    await log.sync();
    position += line.length;
  });

  bench('append to the queue', async () => {
    await queue.append(sampleTap);
  });
});
