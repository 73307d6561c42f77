import { expect, it } from 'vitest';
import { decodeDeny, nameOnList } from '../../../src/lists/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const OLD = '6228000100000000017';
const NEW = '6228000100000000231';
const MEMBER = '330200001';
const IDENTITY = '330203198805120015';
const MOBILE = '13900574001';
const ADDRESS = '宁波市海曙区中山西路1号';

const person = { member: MEMBER, name: '王芳', identityNumber: IDENTITY, mobile: MOBILE };
const shown = { collector: 'member', identityNumber: IDENTITY, name: '王芳' };

eachEngine('the life of a card', ({ newLocation }) => {
  let now = new Date('2015-09-01T09:00:00+08:00');
  const at = (instant: string) => {
    now = new Date(`${instant}+08:00`);
    return `${instant}+08:00`;
  };

  it('of PBOC 2.0: exchanged under its number, refused at gates until then, lost, and replaced by another', async () => {
    const gateway = await openGateway({ location: await newLocation(), now: () => now });
    const { call } = gateway;
    const post = (path: string, body: object = {}) => call('POST', path, { body });
    const states = [{ state: 'active', from: '2014-01-01T00:00:00+08:00' }];
    await post('/v1/members', {
      ...person,
      cards: [{ pan: OLD, bank: 'rural-credit-bank', generation: 'pboc2', states }],
    });
    const { token } = (await post('/v1/cards/lookup', { pan: OLD })).body;
    const onCard = (path: string, body: object = {}) => post(`/v1/cards/${token}/${path}`, body);
    const inPocket = cardInPocket('service-card-51', { pan: OLD });
    const tap = async (when: string) => post('/v1/taps', await inPocket.tapAt('bus-validator', { at: at(when) }));

    expect(await tap('2015-09-01T10:00:00')).toMatchObject({ status: 422, body: { code: 'card-generation' } });
    const check = { mobile: { isConfirmed: true }, address: { corrected: ADDRESS } };
    const early = await onCard('exchanges', { ...check, at: '2015-08-25T12:00:00+08:00' });
    expect(early).toMatchObject({ status: 409, body: { code: 'exchange-not-begun' } });
    expect((await onCard('exchanges', { mobile: { isConfirmed: true } })).status).toBe(400);
    const ordered = await onCard('exchanges', check);
    expect(ordered).toMatchObject({
      status: 201,
      body: { order: { kind: 'exchange', readyFrom: '2015-09-11', sequenceNumber: 1, feeFen: 0, cardToken: token } },
    });
    expect((await onCard('exchanges', check)).status).toBe(200);
    const { order } = ordered.body.order;
    const step = (path: string, body: object = {}, of = order) => post(`/v1/card-orders/${of}/${path}`, body);
    expect((await call('GET', '/v1/card-orders?late=overdue')).body.orders).toEqual([]);
    at('2015-09-10T09:00:00');
    expect(await step('ready')).toMatchObject({ status: 409, body: { code: 'card-not-ready-yet' } });
    at('2015-09-14T09:00:00');
    expect((await call('GET', '/v1/card-orders?late=overdue')).body.orders).toMatchObject([
      { order, state: 'ordered' },
    ]);
    expect(await step('personalization', { pan: NEW })).toMatchObject({ body: { code: 'card-number-other' } });
    expect(await step('ready', { pan: OLD, sequenceNumber: 2 })).toMatchObject({
      status: 201,
      body: { order: { state: 'ready', sequenceNumber: 2 } },
    });
    expect(await step('activation', { isPasswordSet: true })).toMatchObject({
      status: 409,
      body: { code: 'card-step-not-allowed', state: 'ready', allowed: ['collect', 'cancel'] },
    });
    expect(await step('activation', { isPasswordSet: true, password: '123456' })).toMatchObject({ status: 400 });
    const wrong = await step('collection', { ...shown, identityNumber: '330203198805120016', lastDigits: '0018' });
    expect(wrong).toMatchObject({
      status: 409,
      body: { code: 'collection-mismatch', detail: 'not as it is known: identityNumber, lastDigits' },
    });
    expect(await step('collection', { ...shown, collector: 'proxy', lastDigits: '0017' })).toMatchObject({
      body: { code: 'collector-not-allowed' },
    });
    expect((await step('collection', { ...shown, lastDigits: '0017' })).status).toBe(201);
    expect((await step('collection', { ...shown, lastDigits: '0017' })).status, 'again').toBe(200);
    expect(await step('check', { lastDigits: '0018', isNameRight: true })).toMatchObject({
      body: { code: 'check-mismatch' },
    });
    expect((await step('check', { lastDigits: '0017', isNameRight: true })).status).toBe(201);
    expect(await tap('2015-09-14T12:00:00'), 'until it is activated').toMatchObject({
      body: { code: 'card-generation' },
    });
    at('2015-09-14T13:00:00');
    expect((await step('activation', { isPasswordSet: true })).status).toBe(201);
    expect(await tap('2015-09-14T14:00:00')).toMatchObject({
      status: 201,
      body: { receipt: { journey: { netFen: 120 } } },
    });
    const card = (await call('GET', `/v1/cards/${token}`)).body;
    expect(card).toMatchObject({
      token,
      generation: 'pboc3',
      exchanges: expect.arrayContaining([expect.objectContaining({ generation: 'pboc3', sequenceNumber: 2 })]),
    });

    at('2015-09-20T08:00:00');
    await post('/v1/lists/deny/publications');
    expect((await onCard('losses', { through: 'member' })).status).toBe(201);
    const deny = decodeDeny((await call('GET', '/v1/lists/deny')).body.content)!;
    expect(deny.cards.has(nameOnList(deny.namingKey, OLD)), 'whoever pulls right after has it').toBe(true);
    expect(await tap('2015-09-20T09:00:00')).toMatchObject({ status: 422, body: { code: 'card-lost' } });
    expect(await onCard('losses', { through: 'member', reason: 'again' })).toMatchObject({
      body: { code: 'card-step-not-allowed', state: 'lost', allowed: ['find', 'withdraw', 'close'] },
    });
    const replacing = (await onCard('replacements')).body.order;
    expect(replacing).toMatchObject({
      kind: 'replacement',
      feeFen: 1000,
      feeState: 'due',
      replaces: token,
      bank: 'rural-credit-bank',
    });
    expect(await onCard('finds')).toMatchObject({ body: { code: 'card-being-replaced' } });
    at('2015-10-08T09:00:00');
    expect(await step('ready', {}, replacing.order)).toMatchObject({ body: { code: 'card-number-missing' } });
    expect(await step('ready', { pan: OLD }, replacing.order)).toMatchObject({ body: { code: 'card-number-same' } });
    const made = (await step('ready', { pan: NEW }, replacing.order)).body.order;
    expect(made).toMatchObject({ state: 'ready', cardMask: '622800*********0231' });
    const fetched = { ...shown, lastDigits: '0231' };
    expect(await step('collection', fetched, replacing.order)).toMatchObject({ body: { code: 'card-fee-due' } });
    expect((await step('fee/payment', {}, replacing.order)).body.order.feeState).toBe('paid');
    expect(await step('fee/waiver', { reason: 'hardship' }, replacing.order)).toMatchObject({
      body: { code: 'card-step-not-allowed', state: 'paid' },
    });
    await step('collection', fetched, replacing.order);
    const pocket = cardInPocket('service-card-51', { pan: NEW });
    const early2 = await post(
      '/v1/taps',
      await pocket.tapAt('bus-validator', { terminal: 'bus-9', at: at('2015-10-08T10:00:00') }),
    );
    expect(early2).toMatchObject({ status: 422, body: { code: 'card-inactive' } });
    at('2015-10-08T10:30:00');
    await step('check', { lastDigits: '0231', isNameRight: true }, replacing.order);
    expect((await step('activation', { isPasswordSet: true }, replacing.order)).status).toBe(201);
    const used = await post(
      '/v1/taps',
      await pocket.tapAt('bus-validator', { terminal: 'bus-9', at: at('2015-10-08T11:00:00') }),
    );
    expect(used).toMatchObject({ status: 201, body: { receipt: { journey: { netFen: 120 } } } });
    const life = (await call('GET', `/v1/cards/${token}/events`)).body;
    expect(life).toMatchObject({ state: 'closed', allowed: [] });
    expect(life.events.filter(({ of }: { of: string }) => of !== 'order')).toMatchObject([
      { of: 'card', step: 'lose', state: 'lost', details: { through: 'member' } },
      { of: 'fee', step: 'book', state: 'due' },
      { of: 'fee', step: 'pay', state: 'paid' },
      { of: 'card', step: 'close', state: 'closed' },
    ]);
    const { sumFen, accounts } = (await call('GET', '/v1/ledger/trial-balance')).body;
    expect(sumFen).toBe(0);
    expect(accounts).toEqual(
      expect.arrayContaining([
        { account: 'fees', balanceFen: -1000 },
        { account: 'bank', balanceFen: 1000 },
      ]),
    );

    const told = JSON.stringify([life, await call('GET', '/v1/card-orders')]) + gateway.log();
    for (const secret of [OLD, NEW, IDENTITY, MOBILE, ADDRESS]) expect(told).not.toContain(secret);
  });
});
