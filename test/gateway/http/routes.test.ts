import { expect, it } from 'vitest';
import { metroRide, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const DAY = '2015-10-03';
const LISTS = ['journeys', 'charges', 'exceptions', 'members', 'cards'];
const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('bus-validator');
const member = {
  member: '330200001',
  name: '张三',
  cards: [
    {
      pan: PAN,
      bank: 'Bank of China',
      generation: 'pboc3',
      states: [{ state: 'active', from: '2015-08-26T00:00:00+08:00' }],
    },
  ],
};

eachEngine('the interface', (engine) => {
  it('takes a ride, tells it, and closes its day', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    expect((await call('POST', '/v1/members', { body: member })).status).toBe(201);
    expect((await call('POST', '/v1/members', { body: member })).status).toBe(200);
    const first = await call('POST', '/v1/taps', { body: entry });
    expect(first).toMatchObject({ status: 201, body: { result: 'created', receipt: { journey: { status: 'open' } } } });
    const again = await call('POST', '/v1/taps', { body: entry });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, result: 'exists' } });
    const conflict = await call('POST', '/v1/taps', { body: { ...entry, place: { line: '1', station: '泽民' } } });
    expect(conflict).toMatchObject({ status: 409, body: { code: 'tap-conflict', tapId: first.body.id } });
    const forged = await call('POST', '/v1/taps', { body: { ...bus, amountFen: 1 } });
    expect(forged).toMatchObject({ status: 422, body: { code: 'amount-mismatch', tapId: expect.any(String) } });
    const second = await call('POST', '/v1/taps', { body: exit });
    expect(second.body.receipt.journey).toMatchObject({ status: 'complete', fareFen: 300, netFen: 240 });
    expect((await call('GET', `/v1/taps/${second.body.id}`)).body).toMatchObject({ cardMask: '622800*********0017' });
    const { token } = (await call('POST', '/v1/cards/lookup', { body: { pan: PAN } })).body;
    const journeys = await call(
      'GET',
      `/v1/journeys?card=${token}&from=${encodeURIComponent(`${DAY}T00:00:00+08:00`)}`,
    );
    expect(journeys.body.journeys).toMatchObject([{ id: first.body.id, tapIds: [first.body.id, second.body.id] }]);
    const charges = await call('GET', `/v1/charges?card=${token}&journey=${first.body.id}&serviceDay=${DAY}`);
    expect(charges.body.charges).toMatchObject([
      {
        revision: 1,
        kind: 'charge',
        entries: [
          { account: 'card', amountFen: 240 },
          { account: 'fare', amountFen: -300 },
          { account: 'sponsor', sponsor: 'ningbo-union', amountFen: 60 },
        ],
      },
    ]);
    const exceptions = (await call('GET', '/v1/exceptions')).body.exceptions as { code: string }[];
    expect(exceptions.map(({ code }) => code).sort()).toEqual(['amount-mismatch', 'content-conflict']);
    expect((await call('POST', `/v1/service-days/${DAY}/close`)).body).toMatchObject({ closed: true, grossFen: 300 });
    expect((await call('GET', `/v1/service-days/${DAY}`)).body).toMatchObject({ cardFen: 240, sponsorFen: 60 });
    const early = await call('POST', '/v1/service-days/2015-10-06/close');
    expect(early).toMatchObject({ status: 409, body: { code: 'service-day-not-over' } });
  });

  it('keeps members, certifications and cards', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    await call('POST', '/v1/members', { body: member });
    const certification = { member: member.member, year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' };
    expect((await call('POST', '/v1/certifications', { body: certification })).status).toBe(201);
    expect((await call('POST', '/v1/certifications', { body: certification })).status).toBe(200);
    const card = { pan: '6228000100000000124', bank: 'Bank of China', generation: 'pboc3', member: member.member };
    const { token } = (await call('POST', '/v1/cards', { body: card })).body;
    const lost = { state: 'lost', from: '2015-10-01T00:00:00+08:00' };
    expect((await call('POST', `/v1/cards/${token}/states`, { body: lost })).status).toBe(201);
    expect((await call('GET', `/v1/cards/${token}`)).body).toMatchObject({ states: [{ state: 'lost' }] });
    expect((await call('GET', '/v1/cards?limit=1')).body).toMatchObject({ cards: [{}], next: expect.any(String) });
    expect((await call('GET', '/v1/members')).body.members).toMatchObject([{ certifications: [{ year: 2016 }] }]);
    expect((await call('GET', `/v1/members/${member.member}`)).body.cards).toHaveLength(2);
    expect(await call('POST', '/v1/taps', { body: bus })).toMatchObject({ status: 422, body: { code: 'card-lost' } });
    const unknown = { ...certification, member: '999999' };
    const refused = await call('POST', '/v1/certifications', { body: unknown });
    expect(refused).toMatchObject({ status: 400, body: { code: 'members-invalid', errors: [{ pointer: '/member' }] } });
    const file = await call('POST', '/v1/members/import', { body: 'member,name\n1,a\n,b\n', type: 'text/csv' });
    expect(file).toMatchObject({ status: 400, body: { errors: [{ line: 3, column: 'member', code: 'missing' }] } });
    const good = await call('POST', '/v1/members/import', { body: 'member,name\n1,a\n2,b\n', type: 'text/csv' });
    expect(good).toMatchObject({ status: 200, body: { records: 2, members: 2 } });
  });

  it('gives pages of a thousand at most, and refuses cursors that no page gave', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    for (const list of LISTS) {
      for (const query of ['limit=0', 'limit=1001', 'limit=x', 'page=2']) {
        expect(await call('GET', `/v1/${list}?${query}`), `${list} ${query}`).toMatchObject({ status: 400 });
      }
      for (const after of ['x', '%27%20or%201=1', '', '1.', `${'9'.repeat(20)}.a`]) {
        const answer = await call('GET', `/v1/${list}?after=${after}`);
        expect(answer, `${list} ${after}`).toMatchObject({
          status: 400,
          body: { code: 'request-invalid', errors: [{ pointer: '/query/after', code: 'wrong-format' }] },
        });
      }
    }
  });

  it('goes on with what a page gave as next, to the end of each list', async () => {
    const { call } = await openGateway({ location: await engine.newLocation() });
    await call('POST', '/v1/members', { body: member });
    const other = { ...member, member: '330200002', cards: [{ ...member.cards[0], pan: '6228000100000000124' }] };
    await call('POST', '/v1/members', { body: other });
    for (const tap of [entry, exit, bus]) await call('POST', '/v1/taps', { body: tap });
    for (const forged of [entry, exit]) await call('POST', '/v1/taps', { body: { ...forged, terminal: 'gate-99' } });
    for (const list of LISTS) {
      const whole = (await call('GET', `/v1/${list}`)).body;
      expect(whole[list].length, list).toBe(2);
      const first = (await call('GET', `/v1/${list}?limit=1`)).body;
      const second = (await call('GET', `/v1/${list}?limit=1&after=${encodeURIComponent(first.next)}`)).body;
      expect([first[list], second[list], second.next], list).toEqual([[whole[list][0]], [whole[list][1]], undefined]);
    }
  });

  it('refuses a tap of a day that has not come', async () => {
    const { call } = await openGateway({
      location: await engine.newLocation(),
      now: () => new Date('2015-10-02T08:24:59+08:00'),
    });
    const early = await call('POST', '/v1/taps', { body: entry });
    expect(early).toMatchObject({ status: 422, body: { code: 'tap-in-future' } });
    const soon = await openGateway({
      location: await engine.newLocation(),
      now: () => new Date('2015-10-02T08:25:00+08:00'),
    });
    expect((await soon.call('POST', '/v1/taps', { body: entry })).status).toBe(201);
  });
});
