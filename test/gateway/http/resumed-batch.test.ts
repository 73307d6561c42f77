import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createBatches } from '../../../src/gateway/intake/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { type GatewayUnderTest, openGateway } from './gateway-under-test.js';

const [entry, exit] = await metroRide();
const type = 'application/x-ndjson';
const nth = (sequence: number): TapRecord => ({ ...entry, terminal: 'many', sequence });
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => nth(from + index + 1));

interface Line {
  readonly index: number;
  readonly status: number;
}

/** Sends lines 0 to `count`, and breaks the connection in the middle of a line when the first answers are there. */
async function sendHalf({ url, key }: GatewayUnderTest, batch: string, count: number): Promise<void> {
  const request = httpRequest(`${url}/v1/taps/batches?batch=${batch}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${key}` },
  });
  request.on('error', () => {});
  for (const record of lines(0, count)) request.write(`${JSON.stringify(record)}\n`);
  request.write('{"version":1,');
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  await once(response, 'data');
  request.destroy();
}

eachEngine('a batch with a name', (engine) => {
  it('tells how far it came when its connection broke, goes on there, and tells its answers again', async () => {
    const gateway = await openGateway({ location: await engine.newLocation() });
    const { call } = gateway;
    const state = async () => (await call('GET', '/v1/taps/batches/day-1')).body;
    await sendHalf(gateway, 'day-1', 450);
    const before = await state();
    expect(before.nextLine % 200).toBe(0);
    expect(before.nextLine).toBeGreaterThan(0);
    expect(before).not.toHaveProperty('completedAt');

    const ahead = await call('POST', `/v1/taps/batches?batch=day-1&firstLine=10000`, {
      type,
      body: '',
    });
    expect(ahead).toMatchObject({ status: 409, body: { code: 'batch-line-missing', nextLine: expect.any(Number) } });

    const rest = await call('POST', `/v1/taps/batches?batch=day-1&firstLine=${before.nextLine}`, {
      type,
      body: `${lines(before.nextLine, 450)
        .map((each) => JSON.stringify(each))
        .join('\n')}\n[]\n`,
    });
    expect((rest.body as Line[]).map(({ index }) => index)).toEqual(
      Array.from({ length: 451 - before.nextLine }, (_, index) => before.nextLine + index),
    );
    expect(await state()).toMatchObject({
      nextLine: 451,
      completedAt: expect.any(String),
      counts: { created: 1, exists: 0, conflict: 0, refused: 449, invalid: 1 },
    });

    const told: Line[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      const page: { lines: Line[]; next?: number } = (
        await call('GET', `/v1/taps/batches/day-1/lines?limit=180&fromLine=${from}`)
      ).body;
      told.push(...page.lines);
      from = page.next;
    }
    expect(told).toHaveLength(451);
    expect(told.slice(before.nextLine)).toEqual(rest.body);
    expect(told[0]).toMatchObject({ index: 0, status: 201, result: 'created', receipt: { event: 'entry' } });

    // All of it again: the taps are known, and what is remembered stays.
    const again = await call('POST', '/v1/taps/batches?batch=day-1', { type, body: lines(0, 450) });
    expect(again.body[0]).toMatchObject({ index: 0, status: 200, result: 'exists' });
    expect((await call('GET', '/v1/taps/batches/day-1/lines')).body.lines[0]).toEqual(told[0]);
    expect(await state()).toMatchObject({ nextLine: 451, counts: { created: 1, refused: 449, invalid: 1 } });
  });

  it('is its own key’s alone, and nothing of a dry run is remembered', async () => {
    const { call, operatorKey } = await openGateway({ location: await engine.newLocation() });
    await call('POST', '/v1/taps/batches?batch=mine', { type, body: [entry, exit] });
    const key = await operatorKey('ningbo-metro');
    expect((await call('GET', '/v1/taps/batches/mine', { key })).body.code).toBe('not-found');
    expect((await call('GET', '/v1/taps/batches/mine/lines', { key })).body.code).toBe('not-found');
    const other = { ...entry, operator: 'ningbo-bus', sequence: 9 };
    await call('POST', '/v1/taps/batches?batch=mine', { key, type, body: [entry, { ...exit, amountFen: 1 }, other] });
    expect((await call('GET', '/v1/taps/batches/mine', { key })).body.counts).toEqual({
      created: 0,
      exists: 1,
      conflict: 1,
      refused: 0,
      invalid: 1,
    });
    expect((await call('GET', '/v1/taps/batches/mine/lines?fromLine=1', { key })).body.lines).toMatchObject([
      { index: 1, status: 409, result: 'conflict', code: 'content-conflict' },
      { index: 2, status: 403, code: 'operator-mismatch' },
    ]);
    await call('POST', '/v1/taps/batches?batch=tried&dryRun=true', { type, body: [entry] });
    expect((await call('GET', '/v1/taps/batches/tried')).status).toBe(404);
    const wrong = await call('POST', '/v1/taps/batches?batch=a%2Fb', { type, body: [entry] });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/batch' }] } });
  });

  it('is not complete where its packing ends too early', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const packed = gzipSync(
      lines(0, 3)
        .map((each) => JSON.stringify(each))
        .join('\n'),
    );
    const headers = { 'content-encoding': 'gzip' };
    const body = packed.subarray(0, -10);
    await call('POST', '/v1/taps/batches?batch=torn', { type, body, headers });
    const torn = (await call('GET', '/v1/taps/batches/torn')).body;
    expect(torn.nextLine).toBeLessThan(3);
    expect(torn).not.toHaveProperty('completedAt');
    await call('POST', `/v1/taps/batches?batch=torn`, { type, body: packed, headers });
    const whole = (await call('GET', '/v1/taps/batches/torn')).body;
    expect(whole).toMatchObject({ nextLine: 3, completedAt: expect.any(String) });
  });

  it('is told of once by two senders at a time, and forgotten later', async () => {
    const database = await engine.open();
    const now = new Date('2015-10-06T12:00:00+08:00');
    const batches = createBatches(database, () => now);
    const name = { keyId: 'key', batch: 'both' };
    await batches.begin(name);
    const wrong = (count: number) => Array.from({ length: count }, () => ({ status: 400 }));
    const kept = await Promise.all([batches.remember(name, 0, wrong(5)), batches.remember(name, 0, wrong(3))]);
    expect(kept).toEqual([true, true]);
    expect(await batches.remember(name, 6, wrong(1))).toBe(false);
    expect(await batches.read(name)).toMatchObject({ nextLine: 5, counts: { invalid: 5 } });
    expect((await batches.lines(name, 2, 10))?.answers).toHaveLength(3);
    expect(await batches.forget(new Date(now.getTime() + 1), new AbortController().signal)).toBe(1);
    expect(await batches.read(name)).toBeUndefined();
  });
});
