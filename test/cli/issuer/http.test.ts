import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, expect, test } from 'vitest';
import { arpc, fromAscii, fromHex, toHex } from '../../../emv/index.js';
import { PAN, sessionKey } from '../../simulator/issuer/made-request.js';
import { bodyOf, startIssuerHere } from './issuer-under-test.js';

const issuer = await startIssuerHere();
const locked = await startIssuerHere((key) => key === 'the-key');
const { post, get, call } = issuer;

let card = '';
beforeAll(async () => {
  const { status, body } = await post('/v1/authorizations', bodyOf({ atc: '0001' }));
  expect(status).toBe(201);
  card = body.card.token;
});

test('an approval brings the ARPC that the card will check, and says what was checked', async () => {
  const made = { atc: '0010' } as const;
  const { body } = await post('/v1/authorizations', bodyOf(made));
  const expected = arpc({
    method: '1',
    algorithm: '3des',
    key: sessionKey('3des', 'applicationCryptogram', made.atc),
    arqc: fromHex(bodyOf(made).data['9F26']!),
    arc: fromAscii('00'),
  });
  expect(body).toMatchObject({
    decision: 'approved',
    reason: 'approved',
    responseCode: '00',
    authorizationCode: expect.stringMatching(/^\d{6}$/),
    issuerAuthenticationData: `${toHex(expected)}3030`,
    field55: `8A023030910A${toHex(expected)}3030`,
    card: { mask: '622800******1117' },
  });
  expect(body.checks.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
  expect(body.checks.length).toBeGreaterThan(8);
});

test('field 55 as it stands in ISO 8583 says the same, with number and amount beside it', async () => {
  const { data } = bodyOf({ atc: '0020' });
  const { '5A': _, '5F34': __, '9F02': ___, ...rest } = data;
  const field55 = Object.entries(rest).map(([tag, value]) => tag + toHex(Uint8Array.of(value!.length / 2)) + value);
  const told = { field55: field55.join(''), pan: PAN, panSequenceNumber: '01', amountFen: 10_000 };
  const { body } = await post('/v1/authorizations', told);
  expect(body).toMatchObject({ decision: 'approved', card: { token: card } });
  const { status, body: again } = await post('/v1/authorizations', told);
  expect({ status, again }).toEqual({ status: 200, again: body });
});

test('a repeated request is answered as before; with other data under its cryptogram it is a conflict', async () => {
  const request = bodyOf({ atc: '0030' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('/v1/authorizations', request)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const other = await post('/v1/authorizations', { ...request, kind: 'load' });
  expect(other).toMatchObject({ status: 409, body: { code: 'authorization-differs' } });
});

test('many requests of one card at once each take their money once', async () => {
  const { body: before } = await get(`/v1/accounts/${card}`);
  const numbers = Array.from({ length: 25 }, (_, index) => (0x100 + index).toString(16).padStart(4, '0'));
  const requests = numbers.map((atc) => bodyOf({ atc, terminal: { '9F02': '000000000100' } }));
  const answers = await Promise.all(requests.map((request) => post('/v1/authorizations', request)));
  const approved = answers.filter(({ body }) => body.decision === 'approved').length;
  expect(approved).toBeGreaterThan(0);
  const { body: after } = await get(`/v1/accounts/${card}`);
  expect(after.availableFen).toBe(before.availableFen - 100 * approved);
  expect(after.transactionCounter).toBe(0x100 + 24);
});

test('a load is ordered once under its id, rides on the next purchase, and is settled by its result', async () => {
  const order = { id: 'salary-10', amountFen: 5_000 };
  const path = `/v1/accounts/${card}/loads`;
  expect((await post(path, order)).status).toBe(201);
  expect((await post(path, order)).status).toBe(200);
  expect(await post(path, { ...order, amountFen: 1 })).toMatchObject({ status: 409, body: { code: 'order-differs' } });
  expect(await post(path, { amountFen: 99_999_999 })).toMatchObject({ body: { code: 'available-too-low' } });
  const { body: answer } = await post('/v1/authorizations', bodyOf({ atc: '0200', balance: '0000003000' }));
  expect(answer.orders).toEqual([{ kind: 'load-purse', balanceFen: 8_000, amountFen: 5_000 }]);
  const confirmation = { authorization: answer.id, scriptResults: ['2000000200'] };
  const { body: after } = await post('/v1/confirmations', confirmation);
  expect(after).toMatchObject({ sent: [], loads: [] });
  expect(await post('/v1/confirmations', confirmation)).toMatchObject({ status: 200, body: after });
  const reversed = { authorization: answer.id, outcome: 'reversed' };
  expect(await post('/v1/confirmations', reversed)).toMatchObject({ body: { code: 'confirmation-differs' } });
});

test('every order is taken, shown without its PINs, and can be called off', async () => {
  const path = `/v1/accounts/${card}/orders`;
  const orders = [
    { kind: 'unblock-pin' },
    { kind: 'change-pin', newPin: '9876' },
    { kind: 'block-application' },
    { kind: 'unblock-application' },
    { kind: 'block-card' },
    { kind: 'put-data', tag: '9F77', value: '000000200000' },
    { kind: 'update-record', shortFileIdentifier: 2, recordNumber: 1, record: `70085A08${PAN}` },
  ];
  for (const order of orders) expect((await post(path, order)).status).toBe(201);
  const { body } = await get(`/v1/accounts/${card}`);
  expect(body.orders.map(({ kind }: { kind: string }) => kind)).toEqual(orders.map(({ kind }) => kind));
  expect(JSON.stringify(body)).not.toMatch(new RegExp(`9876|${PAN}`));
  expect((await call('DELETE', path)).body.orders).toEqual([]);
});

test('an account is opened once, changed, listed by pages and renewed', async () => {
  const made = { pan: '6228000100009999', availableFen: 500, pin: '1234' };
  const opened = await post('/v1/accounts', made);
  expect(opened).toMatchObject({ status: 201, body: { availableFen: 500, pinTriesLeft: 3 } });
  expect((await post('/v1/accounts', made)).status).toBe(200);
  const path = `/v1/accounts/${opened.body.card.token}`;
  const changed = await call('PATCH', path, { status: 'stolen', limits: { countDaily: 3 }, pin: null });
  expect(changed.body).toMatchObject({ status: 'stolen', limits: { countDaily: 3 }, availableFen: 500 });
  expect(changed.body.pinTriesLeft).toBeUndefined();
  const first = await get('/v1/accounts?limit=1');
  const second = await get(`/v1/accounts?limit=1&after=${first.body.next}`);
  const tokens = [first, second].map(({ body }) => body.accounts[0].card.token);
  expect(tokens.sort()).toEqual([card, opened.body.card.token].sort());
  expect((await post(`/v1/accounts/${card}/renewals`)).body.transactionCounter).toBe(0);
});

test('a decline that the card made alone is believed if it is the card’s', async () => {
  const declined = bodyOf({ atc: '0300', results: '800000' });
  expect((await post('/v1/advices', declined)).body).toMatchObject({ isProved: true, cryptogramType: 'AAC' });
  const forged = { data: { ...declined.data, '9F02': '000000000001' } };
  expect((await post('/v1/advices', forged)).body).toMatchObject({ isProved: false, reason: 'cryptogram-wrong' });
});

test.each<[title: string, method: string, path: string, body: unknown, status: number, code: string]>([
  ['no JSON', 'POST', '/v1/authorizations', '{', 400, 'body-not-json'],
  ['a body too large', 'POST', '/v1/authorizations', `"${'0'.repeat(70_000)}"`, 413, 'body-too-large'],
  ['no body', 'POST', '/v1/authorizations', undefined, 415, 'media-type-unsupported'],
  ['a field too many', 'POST', '/v1/authorizations', { [PAN]: 1 }, 400, 'request-invalid'],
  ['TLV that ends too early', 'POST', '/v1/authorizations', { field55: '9F0206' }, 400, 'request-invalid'],
  ['two amounts', 'POST', '/v1/authorizations', { ...bodyOf(), amountFen: 1 }, 400, 'request-invalid'],
  ['an account that there is not', 'GET', `/v1/accounts/${'0'.repeat(64)}`, undefined, 404, 'account-unknown'],
  ['a number as a token', 'GET', `/v1/accounts/${PAN}`, undefined, 400, 'request-invalid'],
  [
    'an authorization that there is not',
    'POST',
    '/v1/confirmations',
    { authorization: 'x' },
    404,
    'authorization-unknown',
  ],
  ['a card of nobody', 'POST', '/v1/accounts', { pan: '4000000000000002', availableFen: 1 }, 409, 'card-without-keys'],
  ['an address that there is not', 'GET', '/v2', undefined, 404, 'not-found'],
  ['another method', 'PUT', '/v1/accounts', undefined, 405, 'method-not-allowed'],
])('%s is a problem', async (_, method, path, body, status, code) => {
  const answer = await call(method, path, body);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(JSON.stringify(answer.body)).not.toContain(PAN);
});

test('a body that says it is packed and is not is a problem of the client', async () => {
  const answer = await call('POST', '/v1/authorizations', {}, { 'content-encoding': 'gzip' });
  expect(answer).toMatchObject({ status: 400, body: { code: 'body-not-json' } });
});

test('an order that no script can carry is a problem before any card hears of it', async () => {
  const long = { kind: 'put-data', tag: '9F79', value: '00'.repeat(150) };
  const answer = await post(`/v1/accounts/${card}/orders`, long);
  expect(answer).toMatchObject({ status: 422, body: { code: 'script-too-long' } });
});

test('a key is asked for before anything else is looked at', async () => {
  const ask = (authorization?: string) =>
    locked.call('POST', '/v1/authorizations', '{', authorization === undefined ? {} : { authorization });
  expect(await ask()).toMatchObject({ status: 401, body: { code: 'key-missing' } });
  expect((await ask()).headers.get('www-authenticate')).toBe('Bearer');
  expect(await ask('Bearer another')).toMatchObject({ status: 401, body: { code: 'key-unknown' } });
  expect(await ask('Bearer the-key')).toMatchObject({ status: 400, body: { code: 'body-not-json' } });
  expect(await locked.get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
});

test('the interface is OpenAPI 3.1, and every operation of it was used here', async () => {
  expect(await new Validator().validate(issuer.document as never)).toEqual({ valid: true });
  const names = Object.values(issuer.document.paths).flatMap((path) => Object.values(path));
  const used = new Set([...issuer.seen].map((each) => each.split(' ')[0]));
  expect(names.map(({ operationId }) => operationId).filter((name) => name !== 'isAlive' && !used.has(name))).toEqual(
    [],
  );
});

test('what was logged names cards by token and mask, and holds neither numbers nor PINs', () => {
  const log = issuer.log();
  expect(log).toContain(card);
  expect(log).toContain('"reason":"approved"');
  // A request's random id may have four such digits between its hyphens.
  const withoutIds = log.replaceAll(/"requestId":"[0-9a-f-]{36}"/g, '');
  expect(withoutIds).not.toMatch(new RegExp(`${PAN}|\\b(?:9876|1234)\\b`));
});
