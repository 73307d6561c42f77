import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import examples from '../../../src/gateway/http/examples.json' with { type: 'json' };
import { problemDefinitions } from '../../../src/gateway/http/problem.js';
import { tapRefusals } from '../../../src/gateway/intake/tap-refusals.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';
import { dial, talk } from './raw-http.js';

const [entry] = await metroRide();
const gateway = await openGateway();
const { call } = gateway;
const secret = await gateway.operatorKey('ningbo-bus');

it.each<[string, number, string, () => ReturnType<typeof call>]>([
  ['no key', 401, 'key-missing', () => call('POST', '/v1/taps', { key: undefined, body: entry })],
  ['a wrong key', 401, 'key-unknown', () => call('POST', '/v1/taps', { key: 'yt_wrong', body: entry })],
  ['another operator’s tap', 403, 'operator-mismatch', () => call('POST', '/v1/taps', { key: secret, body: entry })],
  ['members for an operator', 403, 'administrator-only', () => call('GET', '/v1/members', { key: secret })],
  [
    'another operator’s journeys',
    403,
    'operator-mismatch',
    () => call('GET', '/v1/journeys?operator=ningbo-metro', { key: secret }),
  ],
  ['no such address', 404, 'not-found', () => call('GET', '/v1/nothing')],
  ['no such tap', 404, 'not-found', () => call('GET', '/v1/taps/tap_1')],
  ['an address that is no text', 404, 'not-found', () => call('GET', '/v1/taps/%ff')],
  ['no JSON', 400, 'body-not-json', () => call('POST', '/v1/taps', { body: '{"version":1,}' })],
  [
    'JSON in GB18030',
    400,
    'body-not-json',
    () => call('POST', '/v1/taps', { body: Buffer.from('{"a":"\xc4\xfe"}', 'latin1') }),
  ],
  ['half JSON', 400, 'body-not-json', () => call('POST', '/v1/taps', { body: '{"version":1' })],
  ['no record', 400, 'request-invalid', () => call('POST', '/v1/taps', { body: '{"version":2}' })],
  ['too much', 413, 'body-too-large', () => call('POST', '/v1/taps', { body: `"${'x'.repeat(256 * 1024)}"` })],
  ['another type', 415, 'media-type-unsupported', () => call('POST', '/v1/taps', { body: 'a=b', type: 'text/plain' })],
  ['an empty text', 400, 'body-not-json', () => call('POST', '/v1/taps', { body: ' ' })],
  ['JSON that is no object', 400, 'request-invalid', () => call('POST', '/v1/taps', { body: '"6"' })],
  ['no body', 415, 'media-type-unsupported', () => call('POST', '/v1/taps')],
  [
    'a text of another alphabet',
    415,
    'media-type-unsupported',
    () => call('POST', '/v1/taps', { body: JSON.stringify(entry), type: 'application/json; charset=utf-7' }),
  ],
  ['an address in other letters', 404, 'not-found', () => call('GET', '/V1/journeys')],
  ['an address with a slash too much', 404, 'not-found', () => call('GET', '/metrics/')],
  [
    'a session that is over',
    401,
    'session-over',
    () => call('GET', '/v1/me', { key: undefined, headers: { cookie: `yongtap-session=yts_${'A'.repeat(43)}` } }),
  ],
  [
    'a wrong password',
    401,
    'login-failed',
    () => call('POST', '/v1/sessions', { key: undefined, body: { name: 'nobody', password: 'of a fairy tale' } }),
  ],
  [
    'a batch of another type',
    415,
    'media-type-unsupported',
    () => call('POST', '/v1/taps/batches', { body: '{}', type: 'application/json' }),
  ],
  [
    'an unknown encoding',
    415,
    'media-type-unsupported',
    () => call('POST', '/v1/taps', { body: '{}', headers: { 'content-encoding': 'zip' } }),
  ],
  [
    'broken packing',
    400,
    'encoding-invalid',
    () =>
      call('POST', '/v1/taps', {
        body: gzipSync(JSON.stringify(entry)).fill(0, 20),
        headers: { 'content-encoding': 'gzip' },
      }),
  ],
])('%s: %i %s', async (_what, status, code, ask) => {
  const answer = await ask();
  expect(answer).toMatchObject({ status, body: { status, code, type: expect.stringContaining('/docs#') } });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body.instance).toBe(`urn:uuid:${answer.headers.get('x-request-id')}`);
  if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
});

it('says at which place a body is wrong, and repeats nothing of it', async () => {
  const broken = await call('POST', '/v1/taps', { body: `{"version":1,"${PAN}":1,}` });
  expect(broken.body.detail).toMatch(/character \d+/);
  const unknown = await call('POST', '/v1/taps', { body: { ...entry, place: { colour: 'red' }, [PAN]: 1 } });
  expect(unknown.body.errors).toEqual(
    expect.arrayContaining([
      { pointer: '/place/colour', code: 'unknown-field', message: expect.any(String) },
      { pointer: '/…', code: 'unknown-field', message: expect.any(String) },
    ]),
  );
  expect(JSON.stringify([broken, unknown])).not.toContain(PAN);
});

it('asks for the key before it reads a body', async () => {
  const answer = await talk(gateway.url, [
    'POST /v1/taps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
  ]);
  expect(answer).toMatch(/^HTTP\/1.1 401 /);
});

it('says that a body is too large before it comes, where its length is told', async () => {
  const head = `POST /v1/taps HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.key}\r\nConnection: close\r\n`;
  const answer = await talk(gateway.url, [
    `${head}Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n{`,
  ]);
  expect(answer).toMatch(/^HTTP\/1.1 413 .*"code":"body-too-large"/s);
});

it('keeps a caller’s own id of a request, but none that may hold a card number', async () => {
  const idOf = async (given: string) =>
    (await call('GET', '/healthz', { key: undefined, headers: { 'x-request-id': given } })).headers.get('x-request-id');
  for (const good of ['1443844800000-17', `0af7651916cd43dd8448eb21${PAN}`, 'gate-7.20151003']) {
    expect(await idOf(good)).toBe(good);
  }
  for (const bad of [PAN, `pan-${PAN}`, `${PAN}.7`, `ride_${PAN}_exit`])
    expect(await idOf(bad)).toMatch(/^[\da-f-]{36}$/);
});

it('names the methods of every address', async () => {
  for (const [path, operations] of Object.entries(gateway.document.paths)) {
    const known = Object.keys(operations).map((method) => method.toUpperCase());
    const { status, headers } = await call('PUT', path.replace(/\{\w+\}/g, 'x'));
    expect(status).toBe(405);
    const allow = headers.get('allow')!.split(', ');
    expect(allow.filter((method) => method !== 'HEAD').sort(), path).toEqual(known.sort());
    expect(allow.includes('HEAD')).toBe(known.includes('GET'));
  }
  expect((await call('HEAD', '/healthz')).status).toBe(200);
});

it.each([
  ['what is not HTTP', 'hello\r\n\r\n', 400, 'http-malformed'],
  ['a head without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'head-too-large'],
])('answers %s as a problem too', async (_what, text, status, code) => {
  const answer = await talk(gateway.url, [text]);
  const [head, body] = answer.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  gateway.checked.check(JSON.parse(body!), '/components/schemas/Problem');
  expect(JSON.parse(body!)).toMatchObject({ status, code });
});

it('breaks an answer off where the rest of its request is not HTTP, and puts no other into it', async () => {
  const socket = await dial(gateway.url);
  const head = `POST /v1/taps/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.key}\r\n`;
  const lines = '[]\n'.repeat(200);
  socket.write(`${head}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n`);
  socket.write(`${lines.length.toString(16)}\r\n${lines}\r\n`);
  let answer = '';
  for await (const chunk of socket) {
    // All of what came has been answered; what follows now is no length of a chunk.
    if (!answer.includes('"index":199') && `${answer}${chunk}`.includes('"index":199')) socket.write('zz\r\n');
    answer += chunk;
  }
  expect(answer).toContain('"index":199');
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(answer).not.toContain('http-malformed');
});

it('tells neither its make nor anything to keep, and its page needs nothing from elsewhere', async () => {
  const page = await call('GET', '/docs', { key: undefined });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
  for (const answer of [page, await call('GET', '/v1/journeys'), await call('GET', '/v1/nothing')]) {
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe(answer === page ? 'no-cache' : 'no-store');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  }
});

it('tells every operation to people, with an example, who may, and how it may be refused', async () => {
  const { body } = await call('GET', '/docs', { key: undefined });
  const ids = [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of body.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  const operations = (body as string).split('<details>').slice(1);
  expect(operations.map((each) => /id="(\w+)"/.exec(each)![1]).sort()).toEqual(Object.keys(examples).sort());
  for (const each of operations) expect(each).toContain('curl -sS');
  const rotation = operations.find((each) => each.includes('id="rotateApiKey"'))!;
  expect(rotation).toContain('An administrator, with the scope <code>keys:admin</code>.');
  expect(rotation).toMatch(/\$GATEWAY\/v1\/api-keys\/key_\w+\/rotate&#34;/);
  expect(rotation).toContain("--data-binary '{\n");
  const batch = operations.find((each) => each.includes('id="postTapBatch"'))!;
  expect(batch).toContain('<code>firstLine</code></td><td>query</td>');
  expect(batch).toContain('Content-Type: application/x-ndjson');
  expect(batch).toContain('<a href="#batch-line-missing">');
});

it('tells people what each problem and each refusal of a tap means, and what to do', async () => {
  const { body } = await call('GET', '/docs', { key: undefined });
  const cells = (code: string) => new RegExp(`<tr><td><code[^>]*>${code}</code></td>(.*?)</tr>`).exec(body)?.[1] ?? '';
  for (const code of Object.keys(problemDefinitions))
    expect(cells(code), code).toMatch(/<td>\d{3}<\/td><td>.+<\/td><td>.+<\/td>/);
  expect(cells('card-step-refused')).toContain(
    '<code>code</code> says which one: the section Steps of cards has them.',
  );
  for (const code of Object.keys(tapRefusals)) expect(cells(code), code).toMatch(/<td>.+<\/td>/);
});

it('sends a document of its own packed, and only once to who keeps it', async () => {
  const ask = (headers: Record<string, string>) => call('GET', '/openapi.json', { key: undefined, headers });
  const plain = await ask({ 'accept-encoding': 'identity' });
  const packed = await ask({ 'accept-encoding': 'br, gzip;q=0.8' });
  expect([plain, packed].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip']);
  expect(packed.body).toEqual(plain.body);
  expect((await ask({ 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBeNull();
  const etag = plain.headers.get('etag')!;
  for (const known of [etag, `"other", ${etag}`, etag.slice('W/'.length), '*']) {
    expect((await ask({ 'if-none-match': known })).status).toBe(304);
  }
  expect((await ask({ 'if-none-match': 'W/"other"' })).status).toBe(200);
});

it('tells who expects what no server does', async () => {
  const answer = await talk(gateway.url, [
    'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: the-moon\r\nConnection: close\r\n\r\n',
  ]);
  expect(answer).toMatch(/^HTTP\/1\.1 417 .*"code":"expectation-failed"/s);
});
