import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { gate, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const card = cardInPocket();
const entry = await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${DAY}T08:25:00+08:00`));
const exit = await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${DAY}T08:45:00+08:00`));
const late = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('metro-gate', {
  ...gate('鼓楼', 'entry', `${DAY}T12:00:00+08:00`),
  terminal: 'gate-9',
});
const bus = await card.tapAt('bus-validator', { at: `${DAY}T10:00:00+08:00` });
const member = {
  member: '330200001',
  name: '张三',
  cards: [{ pan: PAN, generation: 'pboc3', states: [{ state: 'active', from: '2015-08-26T00:00:00+08:00' }] }],
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

eachEngine('settlements', (engine) => {
  it('settle a closed day once, in files that chain and stay', async () => {
    const location = await engine.newLocation();
    const gateway = await openGateway({ location });
    const { call } = gateway;
    await call('POST', '/v1/members', { body: member });
    for (const tap of [entry, exit, bus]) await call('POST', '/v1/taps', { body: tap });
    const settle = (serviceDay: string, close = false) =>
      call('POST', '/v1/settlements', { body: { serviceDay, ...(close && { close }) } });
    expect(await settle(DAY)).toMatchObject({ status: 409, body: { code: 'service-day-open' } });
    expect(await settle('2015-10-06', true)).toMatchObject({ status: 409, body: { code: 'service-day-not-over' } });

    const { status, body } = await settle(DAY, true);
    expect(status).toBe(201);
    expect(body.settlements).toMatchObject([
      {
        party: 'ningbo-bus',
        number: 1,
        state: 'created',
        totals: { lines: 1, grossFen: 200, amountFen: 200, cardFen: 120, sponsorFen: 80, debitedFen: 200 },
      },
      { party: 'ningbo-metro', totals: { grossFen: 300, cardFen: 240, sponsorFen: 60, debitedFen: 0 } },
      { partyKind: 'sponsor', party: 'ningbo-union', totals: { lines: 2, amountFen: 140 } },
    ]);
    expect(await settle(DAY, true)).toMatchObject({ status: 200, body: { ...body, result: 'exists' } });

    const metro = body.settlements[1];
    const fileOf = async (format: string, at = gateway) =>
      (
        await fetch(`${at.url}/v1/settlements/${metro.id}/file?format=${format}`, {
          headers: { authorization: `Bearer ${at.key}` },
        })
      ).text();
    const csv = await fileOf('csv');
    expect(sha256(csv)).toBe(metro.files.csv.sha256);
    const { headers } = await call('HEAD', `/v1/settlements/${metro.id}/file?format=csv`);
    const inBase64 = Buffer.from(metro.files.csv.sha256, 'hex').toString('base64');
    expect(headers.get('repr-digest')).toBe(`sha-256=:${inBase64}:`);
    expect(sha256(await fileOf('json'))).toBe(metro.files.json.sha256);
    expect(JSON.parse(await fileOf('json'))).toMatchObject({
      settlement: { id: metro.id, previousSha256: '' },
      totals: metro.totals,
    });
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ record }) => record)).toEqual([
      'settlement',
      'service-day',
      'operator',
      'previous-sha256',
      'charge',
      'total',
    ]);
    expect(rows[4]).toMatchObject({
      revision: '1',
      kind: 'charge',
      service: 'metro',
      gross_fen: '300',
      card_fen: '240',
    });

    expect((await call('POST', '/v1/taps', { body: late })).status).toBe(201);
    const again = await openGateway({ location, key: gateway.key, dataFolder: gateway.dataFolder });
    expect(await fileOf('csv', again)).toBe(csv);
    expect((await again.call('POST', '/v1/settlements', { body: { serviceDay: DAY } })).body.settlements).toEqual(
      body.settlements,
    );

    const next = (await settle('2015-10-04', true)).body.settlements;
    const nextMetro = next.find(({ party }: { party: string }) => party === 'ningbo-metro');
    expect(nextMetro).toMatchObject({ number: 2, files: { csv: { previousSha256: metro.files.csv.sha256 } } });
    const balance = (await call('GET', '/v1/ledger/trial-balance')).body;
    expect(balance).toMatchObject({ sumFen: 0, settledDays: 2, unsettledDays: 0 });
    const owed = nextMetro.totals.grossFen + 300;
    expect(balance.accounts).toContainEqual({ account: 'operator', party: 'ningbo-metro', balanceFen: -owed });
  });

  it('are answered by their operator, and rejected ones are handed in again', async () => {
    const { call, operatorKey } = await openGateway({ location: await engine.newLocation() });
    for (const tap of [entry, exit, bus]) await call('POST', '/v1/taps', { body: tap });
    const made = (await call('POST', '/v1/settlements', { body: { serviceDay: DAY, close: true } })).body.settlements;
    const [ofBus, ofMetro] = made;
    const key = await operatorKey('ningbo-metro');
    expect((await call('GET', '/v1/settlements', { key })).body.settlements).toEqual([ofMetro]);
    for (const other of ['party=ningbo-bus', 'partyKind=sponsor', 'partyKind=sponsor&party=ningbo-metro']) {
      const asked = await call('GET', `/v1/settlements?${other}`, { key });
      expect(asked).toMatchObject({ status: 403, body: { code: 'operator-mismatch' } });
    }
    expect((await call('GET', `/v1/settlements/${ofBus.id}`, { key })).status).toBe(404);
    expect((await call('POST', `/v1/settlements/${ofBus.id}/acknowledgement`, { key })).status).toBe(404);
    const reject = (reason: string) =>
      call('POST', `/v1/settlements/${ofMetro.id}/rejection`, { key, body: { reason } });
    expect(await call('POST', `/v1/settlements/${ofMetro.id}/sending`)).toMatchObject({ body: { state: 'sent' } });
    expect(await reject('gate 7 counts one more')).toMatchObject({ status: 200, body: { state: 'rejected' } });
    expect(await reject('gate 7 counts one more')).toMatchObject({ status: 200 });
    expect(await reject('another reason')).toMatchObject({ status: 409, body: { code: 'settlement-state-wrong' } });
    const resubmitted = await call('POST', `/v1/settlements/${ofMetro.id}/resubmission`);
    expect(resubmitted).toMatchObject({
      status: 201,
      body: {
        resubmits: ofMetro.id,
        number: 2,
        totals: ofMetro.totals,
        files: { json: { previousSha256: ofMetro.files.json.sha256 } },
      },
    });
    expect((await call('POST', `/v1/settlements/${ofMetro.id}/resubmission`)).status).toBe(409);
    const acknowledge = () => call('POST', `/v1/settlements/${resubmitted.body.id}/acknowledgement`, { key });
    const atOnce = await Promise.all([1, 2, 3, 4].map(acknowledge));
    expect(atOnce.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await acknowledge()).body).toMatchObject({
      state: 'acknowledged',
      events: [{ state: 'created' }, { state: 'acknowledged' }],
    });
    const page = await call('GET', '/v1/settlements?limit=1&state=created');
    expect(page.body.settlements).toHaveLength(1);
    const { events } = (await call('GET', `/v1/settlements/${ofMetro.id}`)).body;
    expect(events).toMatchObject([
      { state: 'created' },
      { state: 'sent' },
      { state: 'rejected', reason: 'gate 7 counts one more' },
      { state: 'resubmitted' },
    ]);
  });

  it('take refunds, payments and corrections once, as entries that sum to zero', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    await call('POST', '/v1/members', { body: member });
    for (const tap of [entry, exit]) await call('POST', '/v1/taps', { body: tap });
    await call('POST', '/v1/settlements', { body: { serviceDay: DAY, close: true } });
    const { journeys } = (await call('GET', '/v1/journeys')).body;
    const { id: journey, cardToken: token } = journeys[0];
    const due = async () => (await call('GET', `/v1/debts/${token}`)).body.dueFen;
    expect(await due()).toBe(240);
    const pay = (id: string, amountFen: number, what = 'payments') =>
      call('POST', `/v1/debts/${token}/${what}`, { body: { id, amountFen, reason: 'at the counter' } });
    expect((await pay('p1', 241)).body.code).toBe('debt-exceeded');
    const paid = await pay('p1', 200);
    expect(paid).toMatchObject({
      status: 201,
      body: {
        transaction: {
          serviceDay: '2015-10-06',
          entries: [
            { account: 'bank', amountFen: 200 },
            { account: 'card', amountFen: -200 },
          ],
        },
      },
    });
    expect(await pay('p1', 200)).toEqual({
      ...paid,
      status: 200,
      headers: expect.anything(),
      body: { ...paid.body, result: 'exists' },
    });
    expect((await pay('p1', 100)).body.code).toBe('transaction-conflict');
    expect((await pay('w1', 40, 'write-offs')).status).toBe(201);
    expect(await due()).toBe(0);
    const refund = (id: string, amountFen?: number) =>
      call('POST', '/v1/refunds', {
        body: { id, journey, reason: 'train stood still', ...(amountFen && { amountFen }) },
      });
    expect((await refund('r1', 100)).body.transaction.entries).toEqual([
      { account: 'operator', party: 'ningbo-metro', operator: 'ningbo-metro', amountFen: 125 },
      { account: 'card', party: token, operator: 'ningbo-metro', amountFen: -100 },
      { account: 'sponsor', party: 'ningbo-union', operator: 'ningbo-metro', amountFen: -25 },
    ]);
    expect((await refund('r2', 141)).body.code).toBe('refund-too-large');
    expect((await refund('r2')).body.transaction.entries[0].amountFen).toBe(175);
    expect((await refund('r3')).body.code).toBe('refund-too-large');
    expect(await due()).toBe(-240);
    expect((await pay('o1', 241, 'payouts')).body.code).toBe('credit-exceeded');
    expect((await pay('o1', 240, 'payouts')).status).toBe(201);
    const entries = [
      { account: 'operator', party: 'ningbo-metro', amountFen: 5 },
      { account: 'fees', amountFen: -5 },
    ];
    const correct = (each: object) =>
      call('POST', '/v1/corrections', {
        body: { id: 'c1', reason: '=fee of October', operator: 'ningbo-metro', entries, ...each },
      });
    expect(
      (await correct({ entries: entries.slice(0, 1).concat({ account: 'fees', amountFen: -4 } as never) })).body.code,
    ).toBe('entries-invalid');
    expect((await correct({})).status).toBe(201);
    const { accounts, sumFen } = (await call('GET', '/v1/ledger/trial-balance')).body;
    expect(sumFen).toBe(0);
    expect(
      Object.fromEntries(
        accounts.map(({ account, balanceFen }: { account: string; balanceFen: number }) => [account, balanceFen]),
      ),
    ).toEqual({
      bank: -40,
      card: 0,
      fees: -5,
      operator: 5,
      sponsor: 0,
      'write-off': 40,
    });
    const listed = (await call('GET', `/v1/ledger/transactions?card=${token}&limit=2`)).body;
    expect(listed.transactions).toHaveLength(2);
    expect(
      (await call('GET', `/v1/ledger/transactions?card=${token}&after=${listed.next}`)).body.transactions,
    ).toHaveLength(3);
    expect((await call('GET', '/v1/ledger/transactions/c1')).body.kind).toBe('correction');
    expect((await call('POST', '/v1/refunds', { body: { id: 'x', journey: 'tap_0', reason: 'x' } })).status).toBe(404);
  });
});
