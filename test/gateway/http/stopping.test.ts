import { once } from 'node:events';
import { expect, it } from 'vitest';
import { metroRide } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';
import { dial, readAnswer } from './raw-http.js';

const [entry] = await metroRide();

const head = (key: string, length: number) =>
  [
    'POST /v1/taps HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${key}`,
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    '\r\n',
  ].join('\r\n');

it('answers requests under way, takes no new one, and drops idle connections', async () => {
  const gateway = await openGateway();
  const body = JSON.stringify(entry);
  const [idle, underWay] = [await dial(gateway.url), await dial(gateway.url)];
  underWay.write(head(gateway.key, Buffer.byteLength(body)) + body.slice(0, 100));
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(await readAnswer(idle)).toMatch(/^HTTP\/1.1 200/);
  await gateway.call('GET', '/v1/journeys');
  const idleEnded = once(idle, 'close');
  const closed = gateway.close();
  idle.resume();
  await idleEnded;
  await expect(dial(gateway.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  underWay.write(body.slice(100));
  expect(await readAnswer(underWay)).toMatch(/^HTTP\/1.1 201/);
  await closed;
  expect(gateway.log().trimEnd()).toMatch(/"msg":"stopped"\}$/);
});

it('waits for nobody for ever', async () => {
  const gateway = await openGateway();
  const stuck = await dial(gateway.url);
  stuck.write(`${head(gateway.key, 1000)}{`);
  const ended = once(stuck, 'close');
  stuck.resume();
  await gateway.close();
  await ended;
});

it('sends a request away that comes on an open connection', async () => {
  const gateway = await openGateway();
  const [busy, second] = [await dial(gateway.url), await dial(gateway.url)];
  busy.write(`${head(gateway.key, 1000)}{`);
  // Half a head: the connection is not idle, and the request has not begun.
  second.write('GET /v1/journeys HTTP/1.1\r\nHost: x\r\n');
  await gateway.call('GET', '/healthz');
  const closed = gateway.close();
  second.write(`Authorization: Bearer ${gateway.key}\r\n\r\n`);
  const answer = await readAnswer(second);
  expect(answer).toMatch(/^HTTP\/1.1 503 /);
  expect(answer).toMatch(/retry-after: 5/i);
  expect(answer).toMatch(/connection: close/i);
  expect(answer).toContain('"code":"stopping"');
  busy.destroy();
  await closed;
});
