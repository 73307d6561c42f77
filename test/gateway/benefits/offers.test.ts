import { expect, it } from 'vitest';
import { changeClaim } from '../../../src/gateway/benefits/offers/change-claim.js';
import { expireClaims } from '../../../src/gateway/benefits/offers/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const OPENS = '2016-03-01T09:00:00+08:00';
const OFFER = {
  kind: 'goods',
  name: 'Phones at half price',
  items: [{ item: 'phone', name: 'phone', quota: 2 }],
  opens: OPENS,
  sponsor: 'ningbo-union',
  valueFen: 199_900,
  priceFen: 99_900,
};
const certified = { certifications: [{ year: 2016, at: '2016-01-05T10:00:00+08:00', by: 'self' }] };

eachEngine('limited offers', ({ newLocation, open }) => {
  let now = new Date(OPENS);
  let opening: ReturnType<typeof openWithMembers> | undefined;
  let offers = 0;

  /** A gateway with members m1 … m8 who are certified, m9 and m11 who are not, and m10 who has left. */
  async function openWithMembers() {
    const location = await newLocation();
    const gateway = await openGateway({ location, now: () => now });
    const certifiedOnes = Array.from({ length: 8 }, (_, index) => ({
      member: `m${index + 1}`,
      name: '张三',
      ...certified,
    }));
    const left = { member: 'm10', name: '王五', ...certified, left: '2016-02-01T00:00:00+08:00' };
    const members = [...certifiedOnes, { member: 'm9', name: '李四' }, left];
    expect((await gateway.call('POST', '/v1/members/import', { body: members })).status).toBe(200);
    return { call: gateway.call, location };
  }

  /** An offer of its own, at the instant at which it opens. */
  async function publish(changes: object = {}) {
    now = new Date(OPENS);
    opening ??= openWithMembers();
    const { call, location } = await opening;
    const offer = `phones-${++offers}`;
    const body = { ...OFFER, ...changes, offer };
    expect((await call('POST', '/v1/offers', { body })).status).toBe(201);
    const path = `/v1/offers/${offer}`;
    return {
      call,
      path,
      body,
      location,
      setNow: (instant: string) => {
        now = new Date(instant);
      },
      claim: (member: string, wish: object = {}) => call('POST', `${path}/claims`, { body: { member, ...wish } }),
      change: (member: string, change: string) =>
        call('POST', `${path}/claims/${member}/changes`, { body: { change, reason: 'as asked' } }),
      left: async (): Promise<number[]> =>
        (await call('GET', path)).body.items.map((item: { left: number }) => item.left),
    };
  }

  it('give each member one, first come, first served, and the same member the same answer', async () => {
    const { claim, call, left, path } = await publish();
    const first = await claim('m1');
    expect(first).toMatchObject({ status: 201, body: { number: 1, item: 'phone', state: 'claimed' } });
    expect(await claim('m1')).toMatchObject({ status: 200, body: first.body });
    expect(await claim('m2')).toMatchObject({ status: 201, body: { number: 2 } });
    const late = await claim('m3');
    expect(late).toMatchObject({ status: 422, body: { code: 'sold-out', detailZh: '2份已领完' } });
    expect(await claim('m1')).toMatchObject({ status: 200, body: first.body });
    expect(await left()).toEqual([0]);
    const { body } = await call('GET', `${path}/claims?limit=1`);
    expect(body).toMatchObject({ claims: [{ member: 'm1' }], next: '1' });
    const rest = await call('GET', `${path}/claims?after=${body.next}`);
    expect(rest.body.claims.map(({ member }: { member: string }) => member)).toEqual(['m2']);
  });

  it('are for members who are certified at the instant of the claim, in the words of the member’s page', async () => {
    const { claim, call, setNow, left } = await publish();
    const page = (member: string) =>
      call('GET', `/v1/members/${member}/status?at=${encodeURIComponent(new Date(OPENS).toISOString())}`);
    for (const [member, code] of [
      ['m9', 'not-certified'],
      ['m10', 'member-left'],
    ] as const) {
      const refused = await claim(member);
      const { text, textZh } = (await page(member)).body;
      expect(refused).toMatchObject({ status: 422, body: { code, detail: text, detailZh: textZh } });
    }
    expect((await claim('m99')).status).toBe(404);
    expect(await left()).toEqual([2]);
    setNow('2016-03-01T10:00:00+08:00');
    const certification = { member: 'm9', year: 2016, at: '2016-03-01T10:00:00+08:00', by: 'officer' };
    await call('POST', '/v1/certifications', { body: certification });
    expect((await claim('m9')).status).toBe(201);
  });

  it('open at an instant and close at one, or when they are closed', async () => {
    const { claim, call, path, setNow } = await publish({ closes: '2016-03-02T09:00:00+08:00' });
    setNow('2016-03-01T08:59:59.999+08:00');
    expect(await claim('m1')).toMatchObject({ status: 422, body: { code: 'offer-not-open' } });
    setNow(OPENS);
    expect((await claim('m1')).status).toBe(201);
    setNow('2016-03-02T09:00:00+08:00');
    expect(await claim('m2')).toMatchObject({ status: 422, body: { code: 'offer-over' } });
    expect((await claim('m1')).status).toBe(200);
    setNow('2016-03-01T12:00:00+08:00');
    const closed = await call('POST', `${path}/closing`, { body: { reason: 'delivery is late' } });
    expect(closed.body).toMatchObject({ state: 'over', closed: { reason: 'delivery is late' } });
    expect(await claim('m2')).toMatchObject({ status: 422, body: { code: 'offer-over' } });
    for (const [state, count] of [
      ['over', 1],
      ['open', 0],
      ['upcoming', 0],
    ] as const) {
      const listed: { offer: string }[] = (await call('GET', `/v1/offers?state=${state}`)).body.offers;
      expect(listed.filter(({ offer }) => path.endsWith(`/${offer}`))).toHaveLength(count);
    }
  });

  it('never change: the same again is known, another one under the name is a conflict', async () => {
    const { call, body } = await publish();
    expect((await call('POST', '/v1/offers', { body })).status).toBe(200);
    const other = await call('POST', '/v1/offers', { body: { ...body, priceFen: 1 } });
    expect(other).toMatchObject({ status: 409, body: { code: 'offer-conflict' } });
    const dearer = { ...OFFER, offer: 'dear', priceFen: 200_000 };
    expect(await call('POST', '/v1/offers', { body: dearer })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/priceFen' }] },
    });
  });

  it('with several items count each, and want to be told which', async () => {
    const items = ['morning', 'evening'].map((item) => ({ item, name: item, quota: 1 }));
    const { claim, left } = await publish({ items });
    expect(await claim('m1')).toMatchObject({ status: 422, body: { code: 'item-not-named' } });
    expect(await claim('m1', { item: 'noon' })).toMatchObject({ status: 422, body: { code: 'item-unknown' } });
    expect((await claim('m1', { item: 'morning' })).status).toBe(201);
    expect(await claim('m2', { item: 'morning' })).toMatchObject({ status: 422, body: { code: 'sold-out' } });
    expect((await claim('m2', { item: 'evening' })).status).toBe(201);
    // One for each member, whatever the item.
    expect(await claim('m1', { item: 'evening' })).toMatchObject({ status: 200, body: { item: 'morning' } });
    expect(await left()).toEqual([0, 0]);
  });

  it('let others wait, and give what is given back to who has waited longest', async () => {
    const { claim, change, call, left, path } = await publish({ waitingPlaces: 2, collectWithinHours: 24 });
    for (const member of ['m1', 'm2']) await claim(member);
    expect(await claim('m3')).toMatchObject({ status: 201, body: { number: 3, state: 'waiting' } });
    expect(await claim('m4')).toMatchObject({ status: 201, body: { number: 4, state: 'waiting' } });
    expect(await claim('m5')).toMatchObject({ status: 422, body: { code: 'sold-out' } });
    expect((await call('GET', `${path}/claims/m4`)).body).toMatchObject({ before: 1 });
    expect((await change('m2', 'cancelled')).body.state).toBe('cancelled');
    expect((await change('m2', 'cancelled')).status).toBe(200);
    const promoted = await call('GET', `${path}/claims/m3`);
    expect(promoted.body).toMatchObject({ state: 'claimed', number: 3, collectBy: '2016-03-02T01:00:00.000Z' });
    expect(promoted.body.events.map(({ event }: { event: string }) => event)).toEqual(['waiting', 'promoted']);
    expect(await claim('m2')).toMatchObject({ status: 422, body: { code: 'claim-given-back' } });
    expect((await change('m4', 'cancelled')).body.state).toBe('cancelled');
    expect((await change('m4', 'collected')).body.code).toBe('claim-state-wrong');
    expect((await change('m1', 'collected')).body.state).toBe('collected');
    expect((await change('m1', 'cancelled')).body.code).toBe('claim-state-wrong');
    expect((await change('m1', 'collected')).status).toBe(200);
    expect(await left()).toEqual([0]);
  });

  it('take back what is not collected in time, or keep it, as the offer says', async () => {
    const { claim, change, body, location, setNow, left } = await publish({
      collectWithinHours: 24,
      claimAgain: true,
    });
    await claim('m1');
    await claim('m2');
    setNow('2016-03-02T09:00:00+08:00');
    expect((await change('m1', 'collected')).body.code).toBe('claim-state-wrong');
    const database = await open(location);
    expect(await expireClaims({ database, clock: () => now })).toBeGreaterThanOrEqual(2);
    expect(await expireClaims({ database, clock: () => now })).toBe(0);
    expect(await left()).toEqual([2]);
    expect(await claim('m1')).toMatchObject({ status: 201, body: { number: 3 } });
    // Who looked before it was claimed anew takes nothing back.
    const late = { offer: body.offer, member: 'm1', change: 'expired', by: 'gateway', reason: '' } as const;
    expect(await changeClaim({ database, clock: () => now }, late)).toMatchObject({ result: 'not-from-here' });
    expect(await left()).toEqual([1]);
    const kept = await publish({ givesBack: false });
    await kept.claim('m1');
    await kept.change('m1', 'cancelled');
    expect(await kept.left()).toEqual([1]);
  });
});
