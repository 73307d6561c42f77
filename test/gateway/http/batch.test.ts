import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { TapRecord } from '../../../src/tap/index.js';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { openGateway } from './gateway-under-test.js';

const [entry, exit] = await metroRide();
const type = 'application/x-ndjson';
const text = (record: unknown) => JSON.stringify(record);

/** A tap that proves nothing costs the gateway the same way through, and no card to make it. */
const nth = (sequence: number): TapRecord => ({ ...entry, terminal: 'many', sequence });

eachEngine('a batch', (engine) => {
  it('is answered line by line, each in its place, whatever stands beside it', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const other = { ...entry, place: { line: '1', station: '泽民' } };
    const lines = [
      text(entry),
      '',
      '{"version":1,}',
      `${text(exit)}\r`,
      '   ',
      '[]',
      `"${'x'.repeat(300 * 1024)}"`,
      text(other),
      '\ufffd\u0000',
      text({ ...exit, terminal: 'replayed' }),
      text(entry),
    ];
    const inLatin = Buffer.from('\n{"terminal":"\xe9"}', 'latin1');
    const body = Buffer.concat([Buffer.from(lines.join('\n')), inLatin]);
    const { status, body: answer } = await call('POST', '/v1/taps/batches', { type, body });
    expect(status).toBe(200);
    expect((answer as { index: number }[]).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(answer).toMatchObject([
      { status: 201, result: 'created' },
      { status: 400, code: 'body-not-json' },
      { status: 201, result: 'created', receipt: { journey: { status: 'complete' } } },
      { status: 400, code: 'request-invalid', errors: [{ pointer: '', code: 'wrong-type' }] },
      { status: 413, code: 'body-too-large', detail: 'at most 262144 bytes' },
      { status: 409, result: 'conflict', code: 'content-conflict' },
      { status: 400, code: 'body-not-json' },
      { status: 422, result: 'refused', code: 'transaction-repeated' },
      { status: 200, result: 'exists' },
      { status: 400, code: 'body-not-json', detail: expect.stringContaining('UTF-8') },
    ]);
  });

  it('may be empty, may end without a line’s end, and may be packed', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    for (const body of ['', '\n', '\r\n\r\n']) {
      expect(await call('POST', '/v1/taps/batches', { type, body })).toMatchObject({ status: 200, body: [] });
    }
    const packed = gzipSync(`${text(entry)}\n${text(exit)}`);
    const headers = { 'content-encoding': 'gzip' };
    const answer = await call('POST', '/v1/taps/batches', { type, body: packed, headers });
    expect(answer.body).toMatchObject([{ status: 201 }, { status: 201 }]);
    const torn = await call('POST', '/v1/taps/batches', { type, body: packed.subarray(0, -20), headers });
    expect(torn.body.at(-1)).toMatchObject({ status: 400, code: 'encoding-invalid' });
  });

  it('may begin as editors begin files, and so may those put behind one another', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const body = `\ufeff${text(entry)}\n\ufeff${text(exit)}\n\ufeff\n`;
    const answer = await call('POST', '/v1/taps/batches', { type, body });
    expect(answer.body).toMatchObject([{ status: 201 }, { status: 201 }]);
    expect(answer.body).toHaveLength(2);
  });

  it('tells once, behind all that could be read, that its bytes are broken', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const packed = gzipSync(Array.from({ length: 450 }, (_, index) => `${text(nth(index + 1))}\n`).join(''));
    const headers = { 'content-encoding': 'gzip' };
    const { body } = await call('POST', '/v1/taps/batches', { type, body: packed.subarray(0, -8), headers });
    const lines = body as { index: number; status: number; code?: string }[];
    expect(lines.length).toBeGreaterThan(400);
    expect(lines.map(({ index }) => index)).toEqual(lines.map((_, index) => index));
    expect(lines.findIndex(({ code }) => code === 'encoding-invalid')).toBe(lines.length - 1);
  });

  it('keeps what came before its sender left', async () => {
    const gateway = await openGateway({ location: await engine.newLocation() });
    const request = httpRequest(`${gateway.url}/v1/taps/batches`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${gateway.key}` },
    });
    request.on('error', () => {});
    for (let sequence = 1; sequence <= 250; sequence++) request.write(`${text(nth(sequence))}\n`);
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    await once(response, 'data');
    request.destroy();
    const again = await gateway.call('POST', '/v1/taps/batches', {
      type,
      body: Array.from({ length: 200 }, (_, index) => nth(index + 1)),
    });
    expect(again.body).toHaveLength(200);
    const statuses = new Set((again.body as { status: number }[]).map(({ status }) => status));
    // The first tap of the card's transaction was taken; the others are its replays, refused then as now.
    expect(statuses).toEqual(new Set([200, 422]));
    expect((await gateway.call('GET', '/readyz')).status).toBe(200);
    expect(gateway.log()).not.toMatch(/database-unreachable|internal-error/);
  });
});

it('is never held as a whole: nothing more is read while nobody reads the answers', async () => {
  const gateway = await openGateway();
  // A line that lacks everything: much to answer and little to do, so that what lies between the two is full soon.
  const chunk = `{}${' '.repeat(1500)}\n`.repeat(50);
  const chunks = 1000;
  let sent = 0;
  const request = httpRequest(`${gateway.url}/v1/taps/batches`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${gateway.key}` },
  });
  request.on('error', () => {});
  Readable.from(
    (function* () {
      while (sent++ < chunks) yield chunk;
    })(),
  ).pipe(request);
  const [response] = (await once(request, 'response')) as [Readable];
  for (let before = -1; sent !== before; await setTimeout(500)) before = sent;
  expect(sent).toBeLessThan(chunks);
  const stalled = sent;
  for await (const _ of response) if (sent > stalled) break;
  expect(sent).toBeGreaterThan(stalled);
  request.destroy();
});
