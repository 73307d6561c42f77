import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TapQueue, type UploadOptions, uploadQueue } from '../../../src/terminal/index.js';
import { openQueue, tapOf, temporaryFolder } from '../queue/queue-fixture.js';
import { type Fate, startUnreliableGateway } from './unreliable-gateway.js';

async function queueOf(count: number): Promise<TapQueue> {
  const queue = await openQueue(temporaryFolder());
  await Promise.all(Array.from({ length: count }, (_, index) => queue.append(tapOf(index))));
  return queue;
}

/** Options that do not wait but remember for how long they should have. */
function options(url: string, changes: Partial<UploadOptions> = {}) {
  const delays: number[] = [];
  const all: UploadOptions = {
    url,
    apiKey: 'key-of-bus-0815',
    fetch: globalThis.fetch,
    clock: () => new Date('2015-10-03T08:00:00+08:00'),
    sleep: async (milliseconds) => void delays.push(milliseconds),
    random: (length) => new Uint8Array(randomBytes(length)),
    requestTimeoutMs: 300,
    attemptsMax: 100,
    ...changes,
  };
  return { all, delays };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('everything that waits is sent in order, in batches, with the key', async () => {
  const gateway = await startUnreliableGateway([]);
  const queue = await queueOf(25);
  const report = await uploadQueue(queue, options(`${gateway.url}/`, { batchSize: 10 }).all);
  expect(report).toEqual({
    end: 'done',
    answered: { created: 25, exists: 0, conflict: 0, refused: 0 },
    pending: 0,
  });
  expect(gateway.arrivals).toEqual(upTo(25));
  expect(gateway.requests.map((request) => request.size)).toEqual([10, 10, 5]);
  expect(gateway.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer key-of-bus-0815',
    'content-type': 'application/x-ndjson',
  });
  expect(await uploadQueue(queue, options(gateway.url).all)).toMatchObject({ end: 'done', answered: { created: 0 } });
  await queue.close();
});

const fate = fc.oneof<fc.Arbitrary<Fate>[]>(
  fc.constantFrom<Fate>(
    { kind: 'answer' },
    { kind: 'cut-request' },
    { kind: 'busy' },
    { kind: 'nonsense' },
    { kind: 'status', status: 503, headers: { 'retry-after': '2' } },
    { kind: 'status', status: 429 },
    { kind: 'status', status: 500, body: '<html>' },
  ),
  fc.record({
    kind: fc.constantFrom('cut-answer' as const, 'short-answer' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

/** What a gateway takes at once: a record alone in any case. */
const bodyBytesMax = fc
  .integer({ min: 1, max: 40 })
  .map((records) => records * (JSON.stringify(tapOf(24)).length + 100));

test('however requests and answers get lost, each tap arrives once and leaves the queue once', async () => {
  const sizes = fc.record({ batchSize: fc.integer({ min: 1, max: 30 }), bodyBytesMax });
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 12 }), sizes, async (fates, { batchSize, bodyBytesMax }) => {
      const refuses = (sequence: number) => sequence % 10 === 3;
      const gateway = await startUnreliableGateway([...fates], { refuses, bodyBytesMax });
      const queue = await queueOf(24);
      const report = await uploadQueue(queue, options(gateway.url, { batchSize }).all);
      expect(report).toMatchObject({ end: 'done', pending: 0, answered: { conflict: 0, refused: 3 } });
      expect([...gateway.arrivals].sort((left, right) => left - right)).toEqual(upTo(24).filter((n) => n % 10 !== 3));
      expect((await queue.refused()).map((tap) => [tap.record.sequence, tap.answer.code])).toEqual([
        [3, 'card-lost'],
        [13, 'card-lost'],
        [23, 'card-lost'],
      ]);
      expect(queue.pendingCount).toBe(0);
      await queue.close();
      gateway.close();
    }),
    { numRuns: 60 },
  );
});

test('answers that came before the connection broke are kept, the rest is sent again', async () => {
  const gateway = await startUnreliableGateway([{ kind: 'cut-answer', at: 0.5 }]);
  const queue = await queueOf(10);
  const { answered } = await uploadQueue(queue, options(gateway.url).all);
  expect(gateway.requests.map((request) => request.size)).toEqual([10, 5]);
  expect(answered).toEqual({ created: 5, exists: 5, conflict: 0, refused: 0 });
  await queue.close();
});

test('a conflict is kept with the refused taps and not sent for ever', async () => {
  const gateway = await startUnreliableGateway([]);
  const [first, second] = [await queueOf(2), await queueOf(0)];
  await uploadQueue(first, options(gateway.url).all);
  await second.append(tapOf(77));
  expect((await uploadQueue(second, options(gateway.url).all)).answered.conflict).toBe(1);
  expect(await second.refused()).toMatchObject([{ record: { amountFen: 77 }, answer: { result: 'conflict' } }]);
  await Promise.all([first.close(), second.close()]);
});

test('waits grow within bounds, differ by chance, and are never shorter than the gateway asks for', async () => {
  const fates: Fate[] = [
    ...Array.from({ length: 10 }, (): Fate => ({ kind: 'status', status: 503 })),
    { kind: 'status', status: 503, headers: { 'retry-after': '120' } },
    { kind: 'status', status: 429, headers: { 'retry-after': 'Sat, 03 Oct 2015 00:03:00 GMT' } },
    { kind: 'status', status: 503, headers: { 'retry-after': '999999' } },
  ];
  const gateway = await startUnreliableGateway(fates);
  const queue = await queueOf(1);
  const reasons: string[] = [];
  const random = (length: number) => new Uint8Array(length).fill(0x80);
  const { all, delays } = options(gateway.url, { random, onRetry: (reason) => reasons.push(reason) });
  expect((await uploadQueue(queue, all)).end).toBe('done');
  const half = (delay: number) => Math.round((0x80808080 / 2 ** 32) * delay);
  expect(delays.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000].map(half));
  expect(delays.slice(10)).toEqual([120_000, 180_000, 600_000].map((asked) => asked + half(60_000)));
  expect(reasons[0]).toBe('http-503');
  await queue.close();
});

test('a batch that is refused as a whole stays in the queue, and the upload says why', async () => {
  const body = JSON.stringify({ type: 'about:blank', status: 401, code: 'key-unknown' });
  const gateway = await startUnreliableGateway([
    { kind: 'status', status: 401, body },
    { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
  ]);
  const queue = await queueOf(3);
  const { all, delays } = options(gateway.url);
  expect(await uploadQueue(queue, all)).toMatchObject({ end: 'rejected', reason: 'key-unknown', pending: 3 });
  expect(await uploadQueue(queue, all)).toMatchObject({ end: 'rejected', reason: 'http-302', pending: 3 });
  expect(delays).toEqual([]);
  expect((await uploadQueue(queue, all)).answered.created).toBe(3);
  await queue.close();
});

test('a key for another operator ends the upload at once, and every tap stays', async () => {
  const gateway = await startUnreliableGateway([{ kind: 'barred' }]);
  const queue = await queueOf(3);
  const { all, delays } = options(gateway.url);
  expect(await uploadQueue(queue, all)).toMatchObject({ end: 'rejected', reason: 'operator-mismatch', pending: 3 });
  expect(delays).toEqual([]);
  expect(await queue.refused()).toEqual([]);
  expect(await uploadQueue(queue, all)).toMatchObject({ end: 'done', answered: { created: 3 } });
  await queue.close();
});

test('a batch too large is halved; a tap too large by itself is put aside and holds up no other', async () => {
  const gateway = await startUnreliableGateway([], { bodyBytesMax: 4 * (JSON.stringify(tapOf(1)).length + 100) });
  const queue = await queueOf(9);
  const { evidence, ...tap } = tapOf(77);
  const records = Array.from({ length: 20 }, (_, index) => ({ ...evidence.records[0]!, recordNumber: index + 1 }));
  await queue.append({ ...tap, evidence: { ...evidence, records } });
  await queue.append(tapOf(11));
  expect(await uploadQueue(queue, options(gateway.url).all)).toMatchObject({
    end: 'done',
    answered: { created: 10, refused: 1 },
    pending: 0,
  });
  expect(gateway.arrivals).toEqual([...upTo(9), 11]);
  expect(await queue.refused()).toMatchObject([
    { record: { sequence: 10, amountFen: 77 }, answer: { result: 'refused', code: 'body-too-large' } },
  ]);
  await queue.close();
});

test('a gateway that does not answer, or is not there, ends the upload within its attempts', async () => {
  const gateway = await startUnreliableGateway(Array.from({ length: 9 }, (): Fate => ({ kind: 'silence' })));
  const queue = await queueOf(2);
  const limits = { attemptsMax: 3, requestTimeoutMs: 40 };
  expect(await uploadQueue(queue, options(gateway.url, limits).all)).toMatchObject({
    end: 'gave-up',
    reason: 'TimeoutError',
    pending: 2,
  });
  gateway.close();
  expect(await uploadQueue(queue, options(gateway.url, limits).all)).toMatchObject({
    end: 'gave-up',
    reason: 'ECONNREFUSED',
    pending: 2,
  });
  await queue.close();
});

test('a signal ends the wait and the request under way, and nothing is lost', async () => {
  const gateway = await startUnreliableGateway([{ kind: 'silence' }, { kind: 'status', status: 503 }]);
  const queue = await queueOf(2);
  const inRequest = new AbortController();
  setTimeout(() => inRequest.abort(), 30);
  const first = await uploadQueue(
    queue,
    options(gateway.url, { signal: inRequest.signal, requestTimeoutMs: 9000 }).all,
  );
  expect(first).toMatchObject({ end: 'aborted', pending: 2 });
  const inWait = new AbortController();
  const sleep = async () => inWait.abort();
  const second = await uploadQueue(queue, options(gateway.url, { signal: inWait.signal, sleep }).all);
  expect(second).toMatchObject({ end: 'aborted', pending: 2 });
  expect((await uploadQueue(queue, options(gateway.url).all)).answered.created).toBe(2);
  await queue.close();
});

test('taps appended while the upload runs are sent with it', async () => {
  const gateway = await startUnreliableGateway([]);
  const queue = await queueOf(3);
  let more = 3;
  const onAnswers = () => {
    if (more-- > 0) void queue.append(tapOf(50 + more));
  };
  const report = await uploadQueue(queue, options(gateway.url, { onAnswers }).all);
  expect(report).toMatchObject({ end: 'done', answered: { created: 6 }, pending: 0 });
  await queue.close();
});
