import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { importIntoFolder } from '../../../src/gateway/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const PANS = ['6228000100000000231'];

eachEngine('cards of a member', ({ newLocation }) => {
  it('lose their benefits while the member has left, what is on order ends, and they come back with the member', async () => {
    let now = new Date('2015-10-08T09:00:00+08:00');
    const gateway = await openGateway({ location: await newLocation(), now: () => now });
    const post = async (path: string, body: object) => (await gateway.call('POST', path, { body })).body;
    const member = '330200001';
    const { token } = await post('/v1/members', {
      member,
      name: '王芳',
      cards: [{ pan: PANS[0], generation: 'pboc3' }],
    }).then(() => post('/v1/cards/lookup', { pan: PANS[0] }));
    await post(`/v1/cards/${token}/losses`, { through: 'officer', at: '2015-10-08T08:00:00+08:00' });
    const { order } = (await post(`/v1/cards/${token}/replacements`, { at: '2015-10-08T08:30:00+08:00' })).order;
    await post(`/v1/members/${member}/memberships`, {
      change: 'left',
      from: '2015-10-08T08:45:00+08:00',
      reason: 'moved',
    });
    const ended = (await gateway.call('GET', `/v1/card-orders/${order}`)).body;
    expect(ended).toMatchObject({ state: 'cancelled', feeState: 'returned', allowed: [] });
    expect(ended.events.at(-1)).toMatchObject({ reason: 'the member has left', by: expect.stringMatching(/^key:/) });
    const life = (await gateway.call('GET', `/v1/cards/${token}/events`)).body;
    expect(life).toMatchObject({ state: 'withdrawn', allowed: ['close'] });
    expect(life.events).toContainEqual(
      expect.objectContaining({
        step: 'withdraw',
        details: expect.objectContaining({ bankCard: 'the bank’s matter' }),
      }),
    );
    expect(await post('/v1/card-orders', { member })).toMatchObject({ code: 'member-left' });

    now = new Date('2015-11-02T09:00:00+08:00');
    await post(`/v1/members/${member}/memberships`, { change: 'joined', from: '2015-11-01T00:00:00+08:00' });
    await post(`/v1/cards/${token}/states`, { state: 'lost', from: '2015-11-01T12:00:00+08:00' });
    expect((await gateway.call('GET', `/v1/cards/${token}/events`)).body.state).toBe('lost');
    expect((await gateway.call('GET', `/v1/card-orders/${order}`)).body.state).toBe('cancelled');
    const status = async () => (await gateway.call('GET', `/v1/cards/${token}/status`)).body;
    expect(await status()).toMatchObject({ entitled: false, reason: 'card-lost' });
    await post(`/v1/cards/${token}/states`, { state: 'active', from: '2015-11-02T08:00:00+08:00' });
    expect(await status()).toMatchObject({ entitled: true });
    expect((await gateway.call('GET', `/v1/cards/${token}/events`)).body.state).toBe('active');
    expect((await gateway.call('GET', '/v1/ledger/trial-balance')).body.sumFen).toBe(0);
  });

  it('are not on order any more when a file without a gateway tells that the member has left, by the tariff that is named', async () => {
    const location = await newLocation();
    const now = () => new Date('2015-10-08T03:30:00+08:00');
    const gateway = await openGateway({ location, now });
    const post = async (path: string, body: object) => (await gateway.call('POST', path, { body })).body;
    await post('/v1/members', { member: 'A1', name: '王芳', cards: [{ pan: PANS[0], generation: 'pboc3' }] });
    const { token } = await post('/v1/cards/lookup', { pan: PANS[0] });
    await post(`/v1/cards/${token}/losses`, { through: 'officer' });
    const { order } = (await post(`/v1/cards/${token}/replacements`, {})).order;
    const text = JSON.stringify([{ member: 'A1', name: '王芳', left: '2015-10-08T03:00:00+08:00' }]);
    const load = (rules: object) =>
      importIntoFolder({
        dataFolder: gateway.dataFolder,
        ...('databaseUrl' in location && { databaseUrl: location.databaseUrl }),
        source: { format: 'json', text },
        clock: now,
        random: randomBytes,
        ...rules,
      });
    await expect(load({ cardPolicy: { id: 'nothing' } })).rejects.toMatchObject({ code: 'policy-invalid' });
    const tariff = [{ id: 'late', name: 'late risers', serviceDayBegins: '04:00', bus: { fareFen: 200 } }];
    await load({ tariff });
    const { records } = (await gateway.call('GET', '/v1/audit?operation=importMembers')).body;
    expect(records.map(({ phase }: { phase: string }) => phase)).toEqual(['begun', 'done']);
    const ended = (await gateway.call('GET', `/v1/card-orders/${order}`)).body;
    expect(ended).toMatchObject({ state: 'cancelled', feeState: 'returned', allowed: [] });
    expect(ended.events.at(-1)).toMatchObject({ by: 'command-line', reason: 'the member has left' });
    const { transactions } = (await gateway.call('GET', `/v1/ledger/transactions?card=${token}`)).body;
    const days = transactions.map(({ id, serviceDay }: Record<string, string>) => [id!.split(':')[2], serviceDay]);
    expect(new Map(days)).toEqual(
      new Map([
        ['book', '2015-10-08'],
        ['return', '2015-10-07'],
      ]),
    );
  });

  it.each(['made', 'collected'])(
    'are closed on leaving where they were %s and never used, and another can be ordered later',
    async (how) => {
      let now = new Date('2015-10-08T09:00:00+08:00');
      const gateway = await openGateway({ location: await newLocation(), now: () => now });
      const ask = (method: string, path: string, body?: object) => gateway.call(method, path, { body });
      const member = '330200001';
      const identityNumber = '330203198805120015';
      await ask('POST', '/v1/members', { member, name: '王芳', identityNumber });
      const { order } = (await ask('POST', '/v1/card-orders', { member })).body.order;
      now = new Date('2015-10-26T09:00:00+08:00');
      expect((await ask('POST', `/v1/card-orders/${order}/ready`, { pan: PANS[0] })).status).toBe(201);
      const { token } = (await ask('POST', '/v1/cards/lookup', { pan: PANS[0] })).body;
      const shown = { collector: 'member', identityNumber, name: '王芳', lastDigits: '0231' };
      if (how === 'collected') await ask('POST', `/v1/card-orders/${order}/collection`, shown);
      // Heard of late: the member had left before the card was ready.
      await ask('POST', `/v1/members/${member}/memberships`, { change: 'left', from: '2015-10-20T09:00:00+08:00' });
      expect((await ask('GET', `/v1/card-orders/${order}`)).body.state).toBe(how === 'made' ? 'cancelled' : 'ended');
      const life = (await ask('GET', `/v1/cards/${token}/events`)).body;
      expect(life).toMatchObject({ state: 'closed', allowed: [] });
      expect(life.events.filter(({ step }: { step: string }) => step === 'close')).toMatchObject([
        { reason: 'the member has left', by: expect.stringMatching(/^key:/) },
      ]);
      now = new Date('2015-11-02T09:00:00+08:00');
      await ask('POST', `/v1/members/${member}/memberships`, { change: 'joined', from: '2015-11-01T00:00:00+08:00' });
      expect(await ask('POST', '/v1/card-orders', { member })).toMatchObject({
        status: 201,
        body: { result: 'created' },
      });
      expect((await ask('GET', `/v1/cards/${token}/events`)).body.state).toBe('closed');
    },
  );

  it('are collected once: of two tellers at two gateways one is told that the other has done it', async () => {
    const location = await newLocation();
    let now = new Date('2015-10-08T09:00:00+08:00');
    const one = await openGateway({ location, now: () => now });
    const other = await openGateway({ location, now: () => now, key: one.key, dataFolder: one.dataFolder });
    const identityNumber = '330203198805120015';
    await one.call('POST', '/v1/members', { body: { member: '330200001', name: '王芳', identityNumber } });
    const asked = await Promise.all(
      [one, other].map(({ call }) => call('POST', '/v1/card-orders', { body: { member: '330200001' } })),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 201]);
    const { order } = asked[0]!.body.order;
    now = new Date('2015-10-26T09:00:00+08:00');
    await one.call('POST', `/v1/card-orders/${order}/ready`, { body: { pan: PANS[0] } });
    const body = (teller: string) => ({
      collector: 'member',
      identityNumber,
      name: '王芳',
      lastDigits: '0231',
      reason: teller,
    });
    const both = await Promise.all(
      [one, other].map(({ call }, index) =>
        call('POST', `/v1/card-orders/${order}/collection`, { body: body(`teller ${index}`) }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'card-step-not-allowed',
      state: 'collected',
    });
  });
});
