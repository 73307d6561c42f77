import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { readTraceParent } from '../../../src/gateway/telemetry/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

/** An OTLP/HTTP collector as far as traces in JSON go. */
async function openCollector() {
  const spans: Span[] = [];
  const services = new Set<string>();
  const server = createServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as {
      resourceSpans: {
        resource: { attributes: { key: string; value: { stringValue: string } }[] };
        scopeSpans: { spans: Span[] }[];
      }[];
    };
    expect(request.url).toBe('/v1/traces');
    for (const { resource, scopeSpans } of resourceSpans) {
      services.add(resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue);
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, services };
}

const [entry] = await metroRide();
const traceId = '0af7651916cd43dd8448eb211c80319c';

it('tells a collector what a tap went through, in the caller’s trace, and nothing of the card', async () => {
  const collector = await openCollector();
  const gateway = await openGateway({ telemetry: { endpoint: collector.endpoint } });
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, 'x-request-id': 'terminal-7.000042' };
  const answer = await gateway.call('POST', '/v1/taps', { body: entry, headers });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-request-id')).toBe('terminal-7.000042');
  const unsampled = { traceparent: `00-${'1'.repeat(32)}-b7ad6b7169203331-00` };
  await gateway.call('POST', '/v1/taps', { body: entry, headers: unsampled });
  await gateway.close();
  const ours = collector.spans.filter((span) => span.traceId === traceId);
  const named = (name: string) => ours.find((span) => span.name === name)!;
  expect(ours.map(({ name }) => name).sort()).toEqual(['commit', 'examine', 'price and book', 'request']);
  expect(named('request')).toMatchObject({ parentSpanId: 'b7ad6b7169203331', kind: 2 });
  expect(named('examine').parentSpanId).toBe(named('request').spanId);
  expect(named('commit').parentSpanId).toBe(named('request').spanId);
  expect(named('price and book').parentSpanId).toBe(named('commit').spanId);
  expect(named('request').attributes).toContainEqual({
    key: 'yongtap.operation',
    value: { stringValue: 'postTap' },
  });
  expect([...collector.services]).toEqual(['yongtap-gateway']);
  expect(collector.spans.some((span) => span.traceId === '1'.repeat(32))).toBe(false);
  const told = JSON.stringify(collector.spans);
  expect(told).not.toContain(PAN);
  expect(told).not.toMatch(/[0-9a-f]{64}|鼓楼|tap_/);
  expect(gateway.log()).toContain(`"requestId":"terminal-7.000042"`);
  expect(gateway.log()).toContain(`"traceId":"${traceId}"`);
});

it('holds up nothing where no collector answers', async () => {
  const gateway = await openGateway({ telemetry: { endpoint: 'http://127.0.0.1:1' } });
  expect((await gateway.call('POST', '/v1/taps', { body: entry })).status).toBe(201);
  const start = performance.now();
  await gateway.close();
  expect(performance.now() - start).toBeLessThan(6000);
});

it.each([
  ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', true],
  ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00', false],
  ['cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more', true],
])('%s is a place in a trace', (header, isSampled) => {
  expect(readTraceParent(header)).toEqual({ traceId, spanId: 'b7ad6b7169203331', isSampled });
});

it.each([
  undefined,
  '',
  '00',
  'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
  '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
  `cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-${'x'.repeat(600)}`,
])('%s is none', (header) => {
  expect(readTraceParent(header)).toBeUndefined();
});

it('keeps a caller’s request id only where it can stand in a log', async () => {
  const gateway = await openGateway();
  const idFor = async (given: string) =>
    (await gateway.call('GET', '/v1/nothing', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
  expect(await idFor('a1b2c3d4')).toBe('a1b2c3d4');
  for (const given of [PAN, 'short', 'a b c d e f', 'x'.repeat(65), '../../../etc']) {
    expect(await idFor(given)).toMatch(/^[\da-f]{8}-/);
  }
});
