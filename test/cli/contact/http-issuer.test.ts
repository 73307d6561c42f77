import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpIssuer } from '../../../src/cli/tap/contact/issuer/http-issuer.js';

/** A host that answers whatever a test wants, and counts how often it is asked. */
let answer: { status: number; body: string } = { status: 200, body: '' };
let asked = 0;
const server = createServer((request, response) => {
  asked++;
  request.resume().on('end', () => response.writeHead(answer.status).end(answer.body));
});
let url = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function authorizeWith(status: number, body: unknown) {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
  asked = 0;
  const failures: string[] = [];
  const line = httpIssuer({
    url,
    onFailure: (message) => failures.push(message),
  });
  const outcome = await line.authorize({ data: new Map(), kind: 'purchase' }).catch((error: unknown) => error);
  return { outcome, failures };
}

const approval = { responseCode: '00', issuerAuthenticationData: '00112233445566773030', scripts: [] };

test.each<[title: string, body: object]>([
  ['no response code', { scripts: [] }],
  ['issuer authentication data too short', { ...approval, issuerAuthenticationData: '3030' }],
  ['a script that is no template', { ...approval, scripts: ['84180000'] }],
  ['a script that is no hex', { ...approval, scripts: ['72zz'] }],
])('an answer with %s is no answer of an issuer, and no card hears of it', async (_, body) => {
  const { outcome } = await authorizeWith(200, body);
  expect(outcome).toMatchObject({ code: 'issuer-refused' });
});

test('an answer as it has to be is taken as it is', async () => {
  expect((await authorizeWith(201, approval)).outcome).toMatchObject(approval);
});

test.each([
  [503, '{}'],
  [200, 'no JSON'],
])('a host that answers %i and %s is asked once more, and then counts as not reached', async (status, body) => {
  const { outcome, failures } = await authorizeWith(status, body);
  expect(outcome).toBeUndefined();
  expect(asked).toBe(2);
  expect(failures).toEqual([expect.stringContaining('does not answer')]);
});

test('a refusal is told with its code, and not asked again', async () => {
  const { outcome } = await authorizeWith(409, { code: 'authorization-differs', detail: 'answered already' });
  expect(outcome).toMatchObject({ message: expect.stringContaining('[authorization-differs]') });
  expect(asked).toBe(1);
});
