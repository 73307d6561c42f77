import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startGatewayProcess, temporaryFolder, yongtap } from './support/yongtap.js';

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a gateway well, and it begins again with its books',
  async (signal) => {
    const cwd = temporaryFolder();
    const first = await startGatewayProcess({ cwd });
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    expect(first.key).toMatch(/.{20}/);
    expect(await first.end(signal)).toBe(0);
    const second = await startGatewayProcess({ cwd });
    expect(second.key, 'the key is told once').toBeUndefined();
    const answer = await fetch(`${second.url}/v1/journeys`, { headers: { authorization: `Bearer ${first.key}` } });
    expect(answer.status).toBe(200);
    expect(await second.end(signal)).toBe(0);
  },
);

test('a client that keeps its connection does not hold the end up', async () => {
  const cwd = temporaryFolder();
  const gateway = await startGatewayProcess({ cwd });
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(socket, 'connect');
  expect(await gateway.end('SIGTERM')).toBe(0);
  socket.destroy();
});

test('a port that is taken is told in words', async () => {
  const cwd = temporaryFolder();
  const gateway = await startGatewayProcess({ cwd });
  const { port } = new URL(gateway.url);
  const { code, stderr } = await yongtap(['gateway', '--port', port, '--data', 'other'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/port \d+ is taken \[port-in-use\]/);
  await gateway.end('SIGKILL');
});
