import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

eachEngine('terminals', ({ newLocation, open }) => {
  it('are told with what they have applied, what they lack since when, and in pages', async () => {
    const location = await newLocation();
    let now = new Date('2015-10-06T12:00:00+08:00');
    const { call, operatorKey } = await openGateway({ location, now: () => now });
    const publish = async (value: number) => {
      const answer = await call('POST', '/v1/lists/parameters/publications', { body: { parameters: { value } } });
      return answer.body.version as number;
    };
    const report = (operator: string, terminal: string, lists: object, key?: string) =>
      call('POST', `/v1/terminals/${operator}/${terminal}/reports`, {
        ...(key !== undefined && { key }),
        body: { at: '2015-10-06T12:00:30+08:00', software: '=HYPERLINK("x")', batteryPercent: 80, lists },
      });
    const listed = async (query = '', key?: string) =>
      (await call('GET', `/v1/terminals${query}`, key === undefined ? {} : { key })).body;

    const first = await publish(1);
    now = new Date('2015-10-06T13:00:00+08:00');
    await publish(2);
    now = new Date('2015-10-06T14:00:00+08:00');
    const newest = await publish(3);
    for (const kind of ['deny', 'members', 'ca-keys', 'tariffs']) {
      await call('POST', `/v1/lists/${kind}/publications`, { body: {} });
    }
    const lists = (await call('GET', '/v1/lists')).body.lists as { kind: string; version: number }[];
    const all = Object.fromEntries(lists.map(({ kind, version }) => [kind, version]));
    expect(all.parameters).toBe(newest);

    const bus = await operatorKey('ningbo-bus');
    expect((await report('ningbo-bus', 'bus-1', all, bus)).status).toBe(204);
    expect((await report('ningbo-metro', 'gate-1', all, bus)).body.code).toBe('operator-mismatch');
    await report('ningbo-metro', 'gate-1', { ...all, parameters: first });
    await report('ningbo-metro', '闸机 2', {});

    const database = await open(location);
    const terminal = { operator: 'ningbo-metro', terminal: 'gate-0', first_seen_ms: 0, taps: 7, clock_offset_ms: 0 };
    const seen = {
      last_seen_ms: now.getTime(),
      last_at_ms: 0,
      last_sequence: 9,
      clock_state: 'ahead',
      clock_since_ms: 0,
    };
    await database.kysely
      .insertInto('terminals')
      .values({ ...terminal, ...seen } as never)
      .execute();

    const { terminals } = await listed();
    expect(terminals.map((each: { terminal: string }) => each.terminal).sort()).toEqual(
      ['bus-1', 'gate-0', 'gate-1', '闸机 2'].sort(),
    );
    const byName = new Map(terminals.map((each: { terminal: string }) => [each.terminal, each]));
    expect(byName.get('bus-1')).toMatchObject({ behind: false, batteryPercent: 80, clockAheadSeconds: -7170 });
    expect(byName.get('gate-0')).toMatchObject({ behind: true, clockState: 'ahead', lastSequence: 9 });
    expect(byName.get('gate-1')).toMatchObject({
      behind: true,
      lists: { parameters: { version: first, newest, behindSince: '2015-10-06T05:00:00.000Z' } },
    });

    const behind = await listed('?behind=true');
    expect(behind.terminals).toHaveLength(3);
    const paged: unknown[] = [];
    for (let next = ''; ; ) {
      const page = await listed(`?behind=true&limit=1${next && `&after=${next}`}`);
      paged.push(...page.terminals);
      if (page.next === undefined) break;
      next = page.next;
    }
    expect(paged).toEqual(behind.terminals);
    expect((await listed('', bus)).terminals).toHaveLength(1);
    expect((await call('GET', '/v1/terminals?after=nothing')).body.code).toBe('request-invalid');
    const csv = (await call('GET', '/v1/terminals.csv')).body as string;
    expect(csv.split('\r\n')).toHaveLength(6);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  }, 60_000);

  it('keep out a copied card, until it is active anew, and one that owes too much', async () => {
    const location = await newLocation();
    const { call } = await openGateway({ location });
    const [pan, debtors] = ['6228000100000000017', '6228000100000000124'];
    const tap = (seed: string, at: string) =>
      cardInPocket('service-card-51', { pan, seed }).tapAt('bus-validator', { at, terminal: seed });
    const entries = async () =>
      (await call('POST', '/v1/lists/deny/publications', { body: {} })).body as { entries: number; unnamed: number };
    const before = await entries();
    const original = await tap('one', '2015-10-03T08:25:00+08:00');
    expect((await call('POST', '/v1/taps', { body: original })).status).toBe(201);
    const again = { ...original, terminal: 'other', at: '2015-10-03T08:25:00+08:00' };
    expect((await call('POST', '/v1/taps', { body: again })).body.code).toBe('transaction-repeated');
    // Nobody has registered it: its name comes from its tap.
    expect(await entries()).toMatchObject({ entries: before.entries + 1, unnamed: 0 });

    const { token } = (await call('POST', '/v1/cards', { body: { pan, generation: 'pboc3' } })).body;
    const anew = { state: 'active', from: '2015-10-04T08:00:00+08:00' };
    await call('POST', `/v1/cards/${token}/states`, { body: anew });
    expect(await entries()).toMatchObject({ entries: before.entries });

    const owing = (await call('POST', '/v1/cards', { body: { pan: debtors, generation: 'pboc3' } })).body.token;
    const database = await open(location);
    const owe = (due_fen: number) =>
      database.kysely
        .insertInto('card_accounts')
        .values({ card_token: owing, due_fen })
        .onConflict((conflict) => conflict.column('card_token').doUpdateSet({ due_fen }))
        .execute();
    await owe(4999);
    expect(await entries()).toMatchObject({ entries: before.entries });
    await owe(5000);
    expect(await entries()).toMatchObject({ entries: before.entries + 1 });
  }, 60_000);

  it('get their lists though records of taps are damaged, and the log and a metric tell which', async () => {
    const location = await newLocation();
    const { call, log, url } = await openGateway({ location });
    const publish = async (kind: string) => (await call('POST', `/v1/lists/${kind}/publications`, { body: {} })).body;
    const [whole, half, torn] = ['6228000100000000017', '6228000100000000124', '6228000100000000132'] as const;
    const tapper = (pan: string) => {
      const card = cardInPocket('service-card-51', { pan, seed: pan });
      return async (minute: number) => {
        const tap = await card.tapAt('bus-validator', { at: `2015-10-03T08:${minute}:00+08:00`, terminal: pan });
        return (await call('POST', '/v1/taps', { body: tap })).body.id as string;
      };
    };
    await tapper(whole)(20);
    const tapHalf = tapper(half);
    await tapHalf(21);
    const damaged = [await tapHalf(45), await tapper(torn)(22)];
    const { kysely } = await open(location);
    // As cards were registered before they were named.
    for (const pan of [whole, half, torn]) await call('POST', '/v1/cards', { body: { pan, generation: 'pboc3' } });
    await kysely.deleteFrom('card_list_names').execute();
    await kysely
      .updateTable('taps')
      .set({ record: Buffer.from('damaged') })
      .where('id', 'in', damaged)
      .execute();
    expect(await publish('members')).toMatchObject({ unnamed: 1 });
    for (const id of damaged) expect(log()).toMatch(new RegExp(`"tap":"${id}".*"record-unreadable"`));
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^yongtap_records_unreadable_total 2$/m);
  });
});
