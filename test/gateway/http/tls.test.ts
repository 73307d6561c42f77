import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { resolveConfig } from '../../../src/cli/gateway/config/resolve-config.js';
import { networkOptions } from '../../../src/cli/gateway/network-options.js';
import { type Gateway, startGateway } from '../../../src/gateway/index.js';
import { caKeys } from '../support/card-in-pocket.js';
import { type Certificate, makeCertificate } from '../support/certificates.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-tls-'));
const authority = makeCertificate('authority');
const [first, second] = [makeCertificate('127.0.0.1', authority), makeCertificate('127.0.0.1', authority)];
const [gates, buses, pages, stranger] = [
  makeCertificate('gates', authority),
  makeCertificate('buses', authority),
  makeCertificate('pages', authority),
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
const told: Record<string, unknown>[] = [];
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
    passwordCost: { costLog2: 10, blockSize: 8, parallelization: 1 },
    logger: pino({ level: 'warn' }, { write: (line) => void told.push(JSON.parse(line)) }),
    version: '0.0.0',
  });
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const agentOf = ({ certificate, key }: Certificate) =>
  new Agent({ ca: authority.certificate, cert: certificate, key, keepAlive: true });

interface Asked {
  readonly status: number;
  readonly body: string;
  readonly server: string;
  readonly cookie: string;
}

interface More {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function ask(agent: Agent, path: string, key?: string, body?: object, { method, headers }: More = {}): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${gateway.url}${path}`,
      {
        agent,
        method: method ?? (body ? 'POST' : 'GET'),
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      async (response) => {
        const server = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
        const cookie = response.headers['set-cookie']?.[0] ?? '';
        resolve({ status: response.statusCode!, body: await text(response), server, cookie });
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
  writeFileSync(files.key, second.key);
  for (const none of ['', 'no certificate', authority.certificate.replace(/\n[^\n]+\n/, '\n')]) {
    writeFileSync(files.clientAuthority, none);
    expect(() => gateway.reloadTls()).toThrow(expect.objectContaining({ code: 'tls-files-invalid' }));
    expect((await ask(agentOf(gates), '/healthz')).server).toBe(fresh.server);
  }
  writeFileSync(files.clientAuthority, authority.certificate);
  agent.destroy();
});

it('tells in the log whom it shuts out for a certificate, and why', async () => {
  told.length = 0;
  const ended = makeCertificate('old gate', authority, { days: -1 });
  for (const agent of [agentOf(ended), agentOf(stranger), new Agent({ ca: authority.certificate })]) {
    await expect(ask(agent, '/healthz')).rejects.toThrow();
  }
  await vi.waitFor(() => expect(told).toHaveLength(3));
  expect(told.map(({ msg, reason }) => [msg, reason])).toEqual([
    ['client-refused', 'certificate-expired'],
    ['client-refused', 'issuer-unknown'],
    ['client-refused', 'certificate-missing'],
  ]);
});

it('keeps a session in a cookie that goes nowhere else, nor in clear, and changes nothing for other sites', async () => {
  const agent = agentOf(pages);
  const account = { name: 'chen.jie', roles: ['auditor'] };
  const made = await ask(agent, '/v1/accounts', gateway.administratorKey!, account);
  const { invitation } = JSON.parse(made.body);
  const password = '月湖边的老樟树开花了真好看';
  expect((await ask(agent, '/v1/passwords', undefined, { invitation, password })).status).toBe(201);
  const entered = await ask(agent, '/v1/sessions', undefined, { name: 'chen.jie', password });
  const attributes = 'Path=/; HttpOnly; SameSite=Strict; Secure';
  expect(entered.cookie).toMatch(/^__Host-yongtap-session=yts_[\w-]{43}; Max-Age=\d+; /);
  expect(entered.cookie.endsWith(`; ${attributes}`) && !/domain/i.test(entered.cookie)).toBe(true);
  const cookie = entered.cookie.split(';')[0]!;
  const { csrfToken } = JSON.parse(entered.body);
  const as = (method: string, path: string, headers: Readonly<Record<string, string>>) =>
    ask(agent, path, undefined, undefined, { method, headers });
  expect((await as('GET', '/v1/me', { cookie })).status).toBe(200);
  // One that could have been set in clear is none.
  expect((await as('GET', '/v1/me', { cookie: cookie.replace('__Host-', '') })).status).toBe(401);
  const end = (headers: Readonly<Record<string, string>>) =>
    as('DELETE', '/v1/sessions/current', { cookie, ...headers });
  const proved = { 'x-csrf-token': csrfToken };
  for (const [headers, code] of [
    [{}, 'csrf-token-wrong'],
    [{ ...proved, origin: 'https://evil.example' }, 'origin-mismatch'],
    [{ ...proved, 'sec-fetch-site': 'cross-site' }, 'origin-mismatch'],
  ] as const) {
    expect(JSON.parse((await end(headers)).body)).toMatchObject({ status: 403, code });
  }
  const ended = await end({ ...proved, origin: gateway.url, 'sec-fetch-site': 'same-origin' });
  expect([ended.status, ended.cookie]).toEqual([204, `__Host-yongtap-session=; Max-Age=0; ${attributes}`]);
  expect((await as('GET', '/v1/me', { cookie })).status).toBe(401);
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
