import { expect, it } from 'vitest';
import { isSignedHead, verifyChain } from '../../../src/gateway/audit/index.js';
import { metroRide, PAN } from '../intake/intake-fixture.js';
import { openGateway } from './gateway-under-test.js';

const [entry] = await metroRide();
const gateway = await openGateway();
const { call, operatorKey } = gateway;

const records = async (query = '') => (await call('GET', `/v1/audit?limit=1000${query}`)).body.records;

it('tells of each change, before and after, and of what was read of persons, but not of taps', async () => {
  const member = { member: '330200001', name: '张三', identityType: 'other', identityNumber: '12345678901234' };
  await call('POST', '/v1/members', { body: { ...member, cards: [{ pan: PAN, generation: 'pboc3' }] } });
  await call('POST', '/v1/members', { body: { member: 'x' } });
  await call('GET', '/v1/members/330200001');
  const { token } = (await call('POST', '/v1/cards/lookup', { body: { pan: PAN } })).body;
  const twice = { state: 'lost', from: '2015-10-01T00:00:00+08:00' };
  await call('POST', `/v1/cards/${'0'.repeat(64)}/states`, { body: twice });
  await call('POST', '/v1/taps', { body: entry });
  await call('POST', '/v1/taps/batches', { body: [entry], type: 'application/x-ndjson' });
  await call('GET', '/v1/journeys');
  const told = (await records()).map((record: Record<string, unknown>) => [
    record.operation,
    record.phase,
    record.status,
    record.parameters,
  ]);
  expect(told).toEqual([
    ['recordMember', 'begun', null, {}],
    ['recordMember', 'done', 201, {}],
    ['readMember', 'read', 200, { member: '330200001' }],
    ['lookUpCard', 'read', 200, {}],
    ['recordCardState', 'begun', null, { token: '0'.repeat(64) }],
    ['recordCardState', 'done', 404, { token: '0'.repeat(64) }],
  ]);
  const text = JSON.stringify(await records());
  for (const private_ of [PAN, token, '张三', '12345678901234']) expect(text).not.toContain(private_);
});

it('says who, ends in a signed head, and is for those who may', async () => {
  await operatorKey('ningbo-bus');
  const { keys } = (await call('GET', '/v1/api-keys')).body;
  const of = (role: string): string => keys.find((each: { role: string }) => each.role === role).id;
  const all = await records();
  expect(all.at(-1)).toMatchObject({
    actor: of('administrator'),
    operation: 'createApiKey',
    phase: 'done',
    status: 201,
  });
  expect(all.at(-1).detail).toEqual({ id: of('operator') });
  const head = (await call('GET', '/v1/audit/head')).body;
  expect(isSignedHead(head)).toBe(true);
  expect(isSignedHead({ ...head, sequence: head.sequence - 1 })).toBe(false);
  expect(await verifyChain(all, [head])).toMatchObject({ ok: true, records: all.length });
  expect(await records(`&operation=createApiKey&actor=${of('administrator')}`)).toHaveLength(2);
  const page = (await call('GET', '/v1/audit?limit=2&after=1')).body;
  expect(page).toMatchObject({ records: [{ sequence: 2 }, { sequence: 3 }], next: '3' });
  expect((await call('GET', '/v1/audit', { key: await operatorKey('x') })).body.code).toBe('administrator-only');
});

it('keeps no card number that somebody put into an address', async () => {
  const { call } = await openGateway();
  for (const id of [PAN, `wh_${'1'.repeat(16)}`, '1443844800000000']) await call('DELETE', `/v1/webhooks/${id}`);
  const { records } = (await call('GET', '/v1/audit?operation=deleteWebhook')).body;
  expect(new Set(records.map(({ parameters }: { parameters: { id: string } }) => parameters.id))).toEqual(
    new Set(['622800*********0017', `wh_${'1'.repeat(16)}`, '1443844800000000']),
  );
});
