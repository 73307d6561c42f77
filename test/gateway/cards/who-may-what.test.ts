import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { newPerson } from '../people/person-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const PANS = ['6228000100000000231', '6228000100000000314', '6228000100000000322'] as const;
const IDENTITIES = ['330203198805120015', '33020319900307234X'] as const;
const UNITS = `unit,name,level,parent
ningbo,宁波市总工会,city,
haishu,海曙区总工会,district,ningbo
h-1,海曙小学工会,grass-roots,haishu
h-2,海曙中学工会,grass-roots,haishu
`;

eachEngine('the steps of cards', ({ newLocation }) => {
  it('are taken by officers of their own unit and tellers of their own bank; given back, cancelled, left lying, given up', async () => {
    const now = new Date('2015-12-05T09:00:01+08:00');
    const gateway = await openGateway({ location: await newLocation(), now: () => now });
    const { call } = gateway;
    const post = async (path: string, body: object) => (await call('POST', path, { body })).body;
    const imported = await call('POST', '/v1/units/import', { body: UNITS, type: 'text/csv' });
    expect(imported.status, JSON.stringify(imported.body)).toBeLessThan(300);
    for (const [index, unit] of ['h-1', 'h-2'].entries()) {
      await post('/v1/members', { member: `m${index}`, name: '王芳', identityNumber: IDENTITIES[index], unitId: unit });
    }
    const person = (roles: 'unit-officer' | 'bank-teller' | 'city-officer', of: object) =>
      newPerson(gateway, { name: `${roles}-${Object.values(of)[0] ?? 'all'}`, roles: [roles], ...of }, () => now);
    const officer = await person('unit-officer', { unit: 'h-1' });
    const other = await person('unit-officer', { unit: 'h-2' });
    const teller = await person('bank-teller', { bank: 'bank-of-china' });
    const rural = await person('bank-teller', { bank: 'rural-credit-bank' });
    const city = await person('city-officer', {});

    const body = { member: 'm0', at: '2015-10-08T09:00:00+08:00' };
    expect((await other.call('POST', '/v1/card-orders', { body })).status).toBe(404);
    const ordered = await officer.call('POST', '/v1/card-orders', { body });
    expect(ordered.status).toBe(201);
    const { order } = ordered.body.order;
    const orders = async (by: typeof officer, query = '') =>
      (await by.call('GET', `/v1/card-orders${query}`)).body.orders;
    for (const by of [officer, teller, city]) expect(await orders(by)).toMatchObject([{ order }]);
    for (const by of [other, rural]) {
      expect(await orders(by)).toEqual([]);
      expect((await by.call('GET', `/v1/card-orders/${order}`)).status).toBe(404);
    }
    const step = (by: typeof officer, path: string, content: object, of = order) =>
      by.call('POST', `/v1/card-orders/${of}/${path}`, { body: content });
    expect((await step(officer, 'ready', { pan: PANS[0] })).status, 'only a bank knows numbers').toBe(403);
    expect((await step(rural, 'ready', { pan: PANS[0] })).status).toBe(404);
    expect(await orders(teller, '?late=overdue')).toMatchObject([{ order }]);
    const ready = { pan: PANS[0], at: '2015-10-26T09:00:00+08:00' };
    expect((await step(teller, 'ready', ready)).status).toBe(201);
    expect(await orders(teller, '?late=uncollected')).toMatchObject([{ order, state: 'ready' }]);

    const shown = { collector: 'officer', identityNumber: IDENTITIES[0], name: '王芳', lastDigits: '0231' };
    expect((await step(officer, 'collection', shown)).status).toBe(201);
    expect(await step(officer, 'rejection', { reason: 'another name on it' })).toMatchObject({
      status: 201,
      body: { order: { state: 'rejected', allowed: [] } },
    });
    const { token } = await post('/v1/cards/lookup', { pan: PANS[0] });
    const life = async (of: string) => (await call('GET', `/v1/cards/${of}/events`)).body;
    expect(await life(token)).toMatchObject({ state: 'closed' });

    const again = (await officer.call('POST', '/v1/card-orders', { body: { member: 'm0' } })).body.order.order;
    expect(await step(officer, 'cancellation', { reason: 'not wanted' }, again)).toMatchObject({
      body: { order: { state: 'cancelled' } },
    });
    expect(await step(officer, 'cancellation', { reason: 'once more' }, again)).toMatchObject({
      status: 409,
      body: { code: 'card-step-not-allowed', state: 'cancelled', allowed: [] },
    });

    const states = [{ state: 'active', from: '2015-09-01T00:00:00+08:00' }];
    await post('/v1/cards', { pan: PANS[1], member: 'm0', bank: 'bank-of-china', generation: 'pboc3' });
    const used = (await post('/v1/cards/lookup', { pan: PANS[1] })).token;
    await post(`/v1/cards/${used}/states`, states[0]!);
    const onCard = (by: typeof officer, path: string, content: object = {}) =>
      by.call('POST', `/v1/cards/${used}/${path}`, { body: content });
    expect((await onCard(officer, 'losses', { through: 'officer', at: '2015-11-25T09:00:00+08:00' })).status).toBe(201);
    expect((await onCard(officer, 'finds', { at: '2015-11-30T09:00:00+08:00' })).body).toMatchObject({
      state: 'active',
    });
    await call('POST', `/v1/cards/${used}/losses`, { body: { through: 'bank', at: '2015-11-30T09:00:00.500+08:00' } });
    expect(await call('POST', `/v1/cards/${used}/finds`, { body: {} })).toMatchObject({
      status: 409,
      body: { code: 'find-too-late', detail: 'within 5 days' },
    });
    const replacing = (await call('POST', `/v1/cards/${used}/replacements`, { body: {} })).body.order.order;
    const hardship = { reason: 'hardship' };
    expect((await step(officer, 'fee/waiver', hardship, replacing)).status).toBe(403);
    expect(await step(city, 'fee/waiver', hardship, replacing)).toMatchObject({
      status: 201,
      body: { order: { feeState: 'waived' } },
    });
    expect(
      (await call('POST', `/v1/cards/${used}/closings`, { body: { reason: 'account closed' } })).body,
    ).toMatchObject({
      state: 'closed',
      allowed: [],
    });
    expect((await call('GET', `/v1/card-orders/${replacing}`)).body.state, 'goes on in its stead').toBe('ordered');
    expect((await call('GET', '/v1/ledger/trial-balance')).body.sumFen).toBe(0);
  });
});
