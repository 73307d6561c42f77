import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/cli/gateway/config/resolve-config.js';
import { networkOptions } from '../../../src/cli/gateway/network-options.js';
import { type Gateway, startGateway } from '../../../src/gateway/index.js';
import { caKeys } from '../support/card-in-pocket.js';
import { type Certificate, makeCertificate } from '../support/certificates.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-tls-'));
const authority = makeCertificate('authority');
const [first, second] = [makeCertificate('127.0.0.1', authority), makeCertificate('127.0.0.1', authority)];
const [gates, buses, stranger] = [
  makeCertificate('gates', authority),
  makeCertificate('buses', authority),
  makeCertificate('stranger', makeCertificate('another authority')),
];
const files = {
  certificate: join(folder, 'a.pem'),
  key: join(folder, 'a.key'),
  clientAuthority: join(folder, 'ca.pem'),
};
const put = ({ certificate, key }: Certificate) => {
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key);
};
let gateway: Gateway;
beforeAll(async () => {
  put(first);
  writeFileSync(files.clientAuthority, authority.certificate);
  gateway = await startGateway({
    dataFolder: folder,
    port: 0,
    clock: () => new Date('2015-10-06T12:00:00+08:00'),
    random: randomBytes,
    caKeys,
    tls: files,
    logger: pino({ level: 'silent' }),
    version: '0.0.0',
  });
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const agentOf = ({ certificate, key }: Certificate) =>
  new Agent({ ca: authority.certificate, cert: certificate, key, keepAlive: true });

function ask(agent: Agent, path: string, key?: string, body?: object) {
  return new Promise<{ status: number; body: string; server: string }>((resolve, reject) => {
    const asked = request(
      `${gateway.url}${path}`,
      {
        agent,
        method: body ? 'POST' : 'GET',
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
      },
      async (response) => {
        const server = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
        resolve({ status: response.statusCode!, body: await text(response), server });
      },
    );
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });
}

it('lets a certificate stand for a key, by its own name or exactly, and nobody in without one', async () => {
  const administrator = gateway.administratorKey!;
  const [gatesAgent, busesAgent] = [agentOf(gates), agentOf(buses)];
  expect((await ask(gatesAgent, '/v1/journeys')).status).toBe(401);
  const exact = createHash('sha256').update(new X509Certificate(buses.certificate).raw).digest('hex');
  for (const [operator, clientCertificate] of [
    ['ningbo-metro', 'subject:gates'],
    ['ningbo-bus', `sha256:${exact}`],
  ] as const) {
    const key = { name: operator, role: 'operator', operator, clientCertificate };
    expect((await ask(gatesAgent, '/v1/api-keys', administrator, key)).status).toBe(201);
  }
  expect((await ask(gatesAgent, '/v1/journeys?operator=ningbo-metro')).status).toBe(200);
  expect((await ask(gatesAgent, '/v1/journeys?operator=ningbo-bus')).status).toBe(403);
  expect((await ask(busesAgent, '/v1/journeys?operator=ningbo-bus')).status).toBe(200);
  await expect(ask(agentOf(stranger), '/healthz')).rejects.toThrow();
  await expect(ask(new Agent({ ca: authority.certificate }), '/healthz')).rejects.toThrow();
  for (const agent of [gatesAgent, busesAgent]) agent.destroy();
});

it('takes new certificates while connections stay, and keeps the old ones where the new are none', async () => {
  const agent = agentOf(gates);
  const before = await ask(agent, '/healthz');
  put(second);
  gateway.reloadTls();
  const same = await ask(agent, '/healthz');
  expect(same).toEqual(before);
  const fresh = await ask(agentOf(gates), '/healthz');
  expect(fresh.status).toBe(200);
  expect(fresh.server).not.toBe(before.server);
  writeFileSync(files.key, first.key);
  expect(() => gateway.reloadTls()).toThrow(expect.objectContaining({ code: 'tls-files-invalid' }));
  expect((await ask(agentOf(gates), '/healthz')).server).toBe(fresh.server);
  agent.destroy();
});

it('speaks no TLS before 1.2', async () => {
  const { port } = new URL(gateway.url);
  const tried = new Promise<string>((resolve) => {
    const socket = connect({
      port: Number(port),
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    socket.on('secureConnect', () => resolve(String(socket.getProtocol())));
    socket.on('error', ({ message }) => resolve(message));
  });
  expect(await tried).toMatch(/protocol|alert|version/i);
});

it('is not heard in clear beyond this machine, unless that is said', async () => {
  const options = async (given: object) =>
    networkOptions((await resolveConfig({ given: { ...given }, environment: {} })).config);
  await expect(options({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'tls-needed' });
  await expect(options({ tlsCert: 'a.pem' })).rejects.toMatchObject({ code: 'tls-incomplete' });
  await expect(options({ clientCa: 'ca.pem' })).rejects.toMatchObject({ code: 'tls-incomplete' });
  expect(await options({ host: '0.0.0.0', insecure: true })).toMatchObject({ host: '0.0.0.0' });
  expect(await options({ host: '0.0.0.0', behindProxy: true })).toMatchObject({ isBehindProxy: true });
  expect(await options({ host: '0.0.0.0', tlsCert: 'a', tlsKey: 'b' })).toMatchObject({ tls: { certificate: 'a' } });
});
