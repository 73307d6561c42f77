import { expect, it, vi } from 'vitest';
import { metroRide } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { openGateway } from './gateway-under-test.js';

const [entry] = await metroRide();

eachEngine('an API key', (engine) => {
  it('may do what its scopes say and is told which one it lacks', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    const operator = { role: 'operator', operator: 'ningbo-metro' };
    const make = async (body: object) => (await call('POST', '/v1/api-keys', { body })).body;
    const gates = await make({ name: 'gates', ...operator, scopes: ['taps:write'] });
    expect(gates.scopes).toEqual(['taps:write']);
    const posted = await call('POST', '/v1/taps', { key: gates.secret, body: entry });
    expect(posted.status).toBe(201);
    const refused = await call('GET', `/v1/taps/${posted.body.id}`, { key: gates.secret });
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope-missing', scope: 'taps:read' } });
    const clerk = await make({ name: 'clerk', role: 'administrator', scopes: ['members:read', 'keys:admin'] });
    expect((await call('GET', '/v1/members', { key: clerk.secret })).status).toBe(200);
    expect((await call('GET', '/v1/service-days/2015-10-03', { key: clerk.secret })).body.scope).toBe('books:read');
    // Whatever its scopes, the key of one operator does not see what shows several.
    const curious = await make({ name: 'curious', ...operator, scopes: ['members:read'] });
    expect((await call('GET', '/v1/members', { key: curious.secret })).body.code).toBe('administrator-only');
    // Whoever may make keys makes, and takes over, none that can do more.
    const more = await call('POST', '/v1/api-keys', { key: clerk.secret, body: { name: 'x', role: 'administrator' } });
    expect(more).toMatchObject({ status: 403, body: { code: 'scope-missing', scope: 'taps:write' } });
    const taken = await call('POST', `/v1/api-keys/${gates.id}/rotate`, { key: clerk.secret, body: {} });
    expect(taken).toMatchObject({ status: 403, body: { code: 'scope-missing' } });
    const unknown = { name: 'x', role: 'administrator', scopes: ['everything'] };
    expect((await call('POST', '/v1/api-keys', { body: unknown })).status).toBe(400);
  });

  it('ends when it says, and is rotated without an hour in which no secret holds', async () => {
    let now = new Date('2015-10-06T12:00:00+08:00');
    const location = await engine.newLocation();
    const { call } = await openGateway({ location, now: () => now });
    const body = { name: 'gates', role: 'operator', operator: 'ningbo-metro', expiresAt: '2015-10-08T12:00:00+08:00' };
    const { id, secret: first } = (await call('POST', '/v1/api-keys', { body })).body;
    const may = async (key: string) => (await call('GET', '/v1/journeys', { key })).status;
    const { secret: second, previousSecretUntil } = (
      await call('POST', `/v1/api-keys/${id}/rotate`, { body: { overlapSeconds: 3600 } })
    ).body;
    expect(previousSecretUntil).toBe('2015-10-06T05:00:00.000Z');
    expect([await may(first), await may(second)]).toEqual([200, 200]);
    now = new Date('2015-10-06T13:00:01+08:00');
    await vi.waitFor(async () => expect([await may(first), await may(second)]).toEqual([401, 200]), 3000);
    expect((await call('GET', '/v1/journeys', { key: first })).body.code).toBe('key-expired');
    const { secret: third } = (await call('POST', `/v1/api-keys/${id}/rotate`, { body: { overlapSeconds: 0 } })).body;
    expect([await may(second), await may(third)]).toEqual([401, 200]);
    const { keys } = (await call('GET', '/v1/api-keys')).body;
    const shown = keys.find((each: { id: string }) => each.id === id);
    expect(shown).toMatchObject({ lastUsedAt: '2015-10-06T05:00:01.000Z', expiresAt: '2015-10-08T04:00:00.000Z' });
    expect(JSON.stringify(shown)).not.toMatch(/y[ts]_/);
    now = new Date('2015-10-08T12:00:00+08:00');
    await vi.waitFor(async () => expect(await may(third)).toBe(401), 3000);
    expect((await call('POST', '/v1/api-keys', { body })).body.errors).toMatchObject([{ pointer: '/expiresAt' }]);
    expect((await call('POST', '/v1/api-keys/key_0/rotate', { body: {} })).status).toBe(404);
  });
});

it('is asked for a scope by everything that is not public', async () => {
  const { document } = await openGateway();
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const secured = operations as unknown as { operationId: string; security: { apiKey: string[] }[] }[];
  const without = secured.filter(({ security: [first] }) => first && first.apiKey.length !== 1);
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
  const open = secured.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId);
  expect(open.sort()).toEqual([
    'askForCertificationCode',
    'certifySelf',
    'isAlive',
    'isReady',
    'logIn',
    'readDocumentation',
    'readListKeys',
    'readMetrics',
    'readOpenApi',
    'readTapRecordSchema',
    'setPassword',
    'showExceptions',
  ]);
});
