import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pcscServiceState } from '../../src/readers/pcsc/service.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-service-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(process.platform !== 'linux')(
  'a service whose queue is full for the moment is there, one that nobody listens for is not',
  async () => {
    const path = join(folder, 'pcscd.comm');
    const server = createServer((socket) => socket.destroy()).listen({ path, backlog: 1 });
    await once(server, 'listening');
    const failures: NodeJS.ErrnoException[] = [];
    // All in one turn of this process: the server cannot take any of them in between.
    const crowd = Array.from({ length: 8 }, () => connect(path).on('error', (error) => failures.push(error)));
    expect(await pcscServiceState(path)).toBe('answers');
    expect(failures.map(({ code }) => code)).toContain('EAGAIN');
    for (const socket of crowd) socket.destroy();
    server.close();
    await once(server, 'close');
    expect(await pcscServiceState(path)).toBe('absent');
  },
);
