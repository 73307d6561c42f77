import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { makeCertificate } from '../gateway/support/certificates.js';
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

test('SIGHUP takes the certificates that are there now, and says where keys stand in clear', async () => {
  const cwd = temporaryFolder();
  const authority = makeCertificate('authority');
  const put = () => {
    const { certificate, key } = makeCertificate('127.0.0.1', authority);
    writeFileSync(join(cwd, 'gateway.pem'), certificate);
    writeFileSync(join(cwd, 'gateway.key'), key);
    return new X509Certificate(certificate).fingerprint256;
  };
  const shown = (url: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTls({ port: Number(new URL(url).port), host: '127.0.0.1', ca: authority.certificate });
      socket.on('error', reject);
      socket.on('secureConnect', () => {
        resolve(socket.getPeerX509Certificate()!.fingerprint256);
        socket.destroy();
      });
    });
  const first = put();
  const options = ['--tls-cert', 'gateway.pem', '--tls-key', 'gateway.key', '--log-level', 'info'];
  const gateway = await startGatewayProcess({ cwd }, options);
  expect(await shown(gateway.url)).toBe(first);
  const next = put();
  gateway.signal('SIGHUP');
  await expect.poll(() => shown(gateway.url), { timeout: 10_000 }).toBe(next);
  writeFileSync(join(cwd, 'gateway.key'), 'no key');
  gateway.signal('SIGHUP');
  await expect.poll(() => gateway.log(), { timeout: 10_000 }).toContain('"msg":"certificates not read again"');
  expect(await shown(gateway.url)).toBe(next);
  const lines = gateway.log().trimEnd().split('\n');
  const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'keys-in-clear');
  expect(told).toMatchObject([{ level: 40, keyFile: join(cwd, 'gateway-data', 'keys.json') }]);
  expect(await gateway.end('SIGTERM')).toBe(0);
});

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
