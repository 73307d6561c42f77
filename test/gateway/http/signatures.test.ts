import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { createUsedNonces } from '../../../src/gateway/http/used-nonces.js';
import { metroRide } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';
import { talk } from './raw-http.js';

const [entry, exit] = await metroRide();
const gateway = await openGateway();
const { call } = gateway;
const operator = { name: 'gates', role: 'operator', operator: 'ningbo-metro', signature: 'required' };
const gates = (await call('POST', '/v1/api-keys', { body: operator })).body;

interface Wish {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  /** What is signed in place of the body's own digest. */
  readonly digestOf?: string;
  readonly components?: readonly string[];
  readonly nonce?: string;
  readonly created?: number;
  readonly secret?: string;
  readonly keyId?: string;
  readonly type?: string;
}

const nowSeconds = Math.floor(Date.parse('2015-10-06T12:00:00+08:00') / 1000);
let count = 0;

/** As a client writes it, from RFC 9421 and not from the gateway's own code. */
function sign({ method = 'POST', path = '/v1/taps', body, digestOf, nonce = `n${count++}`, ...wish }: Wish) {
  const digest = `sha-256=:${createHash('sha256')
    .update(digestOf ?? body ?? '')
    .digest('base64')}:`;
  const components = wish.components ?? [
    '@method',
    '@path',
    '@query',
    ...(body === undefined ? [] : ['content-digest']),
  ];
  const [before, query = ''] = path.split('?');
  const values: Record<string, string> = {
    '@method': method,
    '@path': before!,
    '@query': `?${query}`,
    'content-digest': digest,
  };
  const list = components.map((name) => `"${name}"`).join(' ');
  const parameters = `(${list});created=${wish.created ?? nowSeconds};nonce="${nonce}";keyid="${wish.keyId ?? gates.id}";alg="hmac-sha256"`;
  const base = [...components.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${parameters}`].join(
    '\n',
  );
  const signature = createHmac('sha256', wish.secret ?? gates.signingSecret)
    .update(base)
    .digest('base64');
  return {
    'signature-input': `sig1=${parameters}`,
    signature: `sig1=:${signature}:`,
    ...(body !== undefined && { 'content-digest': digest }),
  };
}

function send(wish: Wish, headers: Record<string, string> = sign(wish)) {
  const { method = 'POST', path = '/v1/taps', body, type } = wish;
  return call(method, path, {
    key: undefined,
    headers,
    ...(body !== undefined && { body, type: type ?? 'application/json' }),
  });
}

it('stands for the key: single taps, batches and reading', async () => {
  const body = JSON.stringify(entry);
  const posted = await send({ body });
  expect(posted.status).toBe(201);
  expect((await send({ method: 'GET', path: `/v1/taps/${posted.body.id}` })).status).toBe(200);
  expect((await send({ method: 'GET', path: '/v1/journeys?limit=1' })).body.journeys).toHaveLength(1);
  const batch = `${JSON.stringify(entry)}\n${JSON.stringify(exit)}\n`;
  const answers = await send({ path: '/v1/taps/batches', body: batch, type: 'application/x-ndjson' });
  expect(answers.body).toMatchObject([{ status: 200 }, { status: 201 }]);
  const bearer = await call('GET', '/v1/journeys', { key: gates.secret });
  expect(bearer).toMatchObject({ status: 401, body: { code: 'signature-missing' } });
  expect(bearer.headers.get('www-authenticate')).toBe('Bearer');
  const scopes = await send({ method: 'GET', path: '/v1/members' });
  expect(scopes.body.code).toBe('administrator-only');
});

it('covers the path alone of a target that names the gateway too', async () => {
  const signed = Object.entries(sign({ method: 'GET', path: '/v1/journeys?limit=1' }));
  const head = signed.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const target = 'http://gateway.example/v1/journeys?limit=1';
  const answer = await talk(gateway.url, [`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}\r\n`]);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});

it('covers method, address, query and body, in time, once', async () => {
  const body = JSON.stringify(exit);
  const signed = sign({ method: 'GET', path: '/v1/journeys?limit=1' });
  const as = async (method: string, path: string) =>
    (await call(method, path, { key: undefined, headers: signed })).body;
  expect(await as('GET', '/v1/journeys?limit=2')).toMatchObject({
    code: 'signature-invalid',
    signatureBase: [
      '"@method": GET',
      '"@path": /v1/journeys',
      '"@query": ?limit=2',
      `"@signature-params": ${signed['signature-input'].slice('sig1='.length)}`,
    ].join('\n'),
  });
  expect(await as('GET', '/v1/charges?limit=1')).toMatchObject({ code: 'signature-invalid' });
  expect((await as('GET', '/v1/journeys?limit=1')).journeys).toHaveLength(1);
  expect(await as('GET', '/v1/journeys?limit=1')).toMatchObject({ code: 'signature-replayed' });
  for (const [wish, code] of [
    [{ body, secret: gates.secret }, 'signature-invalid'],
    [{ body, created: nowSeconds - 301 }, 'signature-invalid'],
    [{ body, created: nowSeconds + 301 }, 'signature-invalid'],
    [{ body, components: ['@method', '@path', '@query'] }, 'signature-invalid'],
    [{ body, components: ['@method', '@path', 'content-digest'] }, 'signature-invalid'],
    [{ body, components: ['@method', '@method', '@path', '@query', 'content-digest'] }, 'signature-invalid'],
    [{ body, nonce: 'n0' }, 'signature-replayed'],
    [{ body, digestOf: JSON.stringify(entry) }, 'digest-mismatch'],
  ] as const) {
    expect((await send(wish)).body.code, JSON.stringify(wish).slice(-90)).toBe(code);
  }
  for (const input of [
    '',
    'sig1',
    'sig1=("@method");created=1',
    `sig1=(${'"a" '.repeat(40)});keyid="k"`,
    'sig1=("@method"',
    'x'.repeat(9000),
  ]) {
    const answer = await call('GET', '/v1/journeys', {
      key: undefined,
      headers: { 'signature-input': input || ' ', signature: 'sig1=:AA==:' },
    });
    expect([400, 401], input).toContain(answer.status);
  }
});

it('believes nothing of a signed batch whose body is another', async () => {
  const batch = `${JSON.stringify({ ...entry, sequence: 900 })}\n`;
  const other = batch.replace('900', '901');
  const answer = await send({ path: '/v1/taps/batches', body: other, digestOf: batch, type: 'application/x-ndjson' });
  expect(answer).toMatchObject({ status: 400, body: { code: 'digest-mismatch' } });
  const huge = 'x'.repeat(16 * 1024 * 1024 + 1);
  const long = await send({ path: '/v1/taps/batches', body: huge, type: 'application/x-ndjson' });
  expect(long).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
});

it('takes a claim, which can be given back, once at all gateways over the books', async () => {
  const body = JSON.stringify({ member: 'H012/7' });
  const name = { name: 'front desk', role: 'administrator', signature: 'required' };
  const desk = (await call('POST', '/v1/api-keys', { body: name })).body;
  const path = '/v1/offers/tickets/claims';
  const headers = sign({ path, body, keyId: desk.id, secret: desk.signingSecret });
  expect((await send({ path, body }, headers)).body.code).toBe('not-found');
  const beside = await openGateway({ dataFolder: gateway.dataFolder, key: gateway.key });
  const again = await beside.call('POST', path, { key: undefined, headers, body });
  expect(again).toMatchObject({ status: 401, body: { code: 'signature-replayed' } });
});

it('knows the latest hundred thousand taps again, and turns none away for their number', async () => {
  let nowMs = 0;
  const nonces = createUsedNonces(undefined as never, () => new Date(nowMs));
  const take = (nonce: string) => nonces.take({ keyId: 'key_1', nonce, untilMs: 300_000, isHere: true });
  for (let index = 0; index < 100_001; index++) if (!(await take(`n${index}`))) expect(index).toBe(-1);
  nowMs = 300_000;
  expect(await take('n100000')).toBe(false);
  expect(await take('n1')).toBe(false);
  nowMs = 300_001;
  expect(await take('n100000')).toBe(true);
});
