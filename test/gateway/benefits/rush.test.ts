import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  type ClaimAnswer,
  createOffers,
  type Offers,
  offerSchema,
  recordOffer,
} from '../../../src/gateway/benefits/offers/index.js';
import { ningboPolicy } from '../../../src/gateway/membership/index.js';
import type { DatabaseLocation, GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const OPENS = '2015-11-01T09:00:00+08:00';
const MEMBERS = 240;
const QUOTA = 30;
const now = () => new Date(OPENS);

const offerOf = (changes: object = {}) =>
  offerSchema.parse({
    offer: 'tickets',
    kind: 'ticket',
    name: 'Tickets',
    items: [{ item: 'ticket', name: 'ticket', quota: QUOTA }],
    opens: OPENS,
    sponsor: 'ningbo-union',
    valueFen: 3000,
    priceFen: 100,
    ...changes,
  });

const members = Array.from({ length: MEMBERS }, (_, index) => `r${String(index).padStart(4, '0')}`);

async function recordMembers({ kysely }: GatewayDatabase): Promise<void> {
  const rows = members.map((member) => ({ member, name: '张三', recorded_at_ms: 0 }));
  await kysely
    .insertInto('members')
    .values(rows as never)
    .execute();
}

eachEngine('a rush', ({ kind, newLocation, open }) => {
  /** Two gateways on the same books; the embedded database has one file for both. */
  async function openTwo(location: DatabaseLocation, changes: object): Promise<[GatewayDatabase, Offers, Offers]> {
    const [one, other] = [await open(location), await open(location)] as const;
    await recordMembers(one);
    await recordOffer({ database: one, clock: now }, { offer: offerOf(changes), by: 'test' });
    const gateway = (database: GatewayDatabase) =>
      createOffers({ database, policy: ningboPolicy(), clock: now, random: randomBytes });
    return [one, gateway(one), gateway(other)];
  }

  const isGiven = (answer: ClaimAnswer | undefined): boolean => answer?.result === 'created';

  it('on two gateways gives exactly the quota, one each, and to who came first at each of them', async () => {
    const [database, one, other] = await openTwo(await newLocation(), {});
    // Every member at both gateways, in opposite orders, each twice.
    const there = [...members].reverse();
    const [here, elsewhere] = [one, other].map((offers, index) =>
      (index === 0 ? members : there).flatMap((member) => [
        offers.claim({ offer: 'tickets', member, by: 'test' }),
        offers.claim({ offer: 'tickets', member, by: 'test' }),
      ]),
    ) as [Promise<ClaimAnswer>[], Promise<ClaimAnswer>[]];
    const [answers, others] = [await Promise.all(here), await Promise.all(elsewhere)];
    const given = [...answers, ...others].filter(isGiven);
    expect(given).toHaveLength(QUOTA);
    const claims = await database.kysely.selectFrom('offer_claims').selectAll().orderBy('number').execute();
    expect(claims.map(({ number }) => number)).toEqual(Array.from({ length: QUOTA }, (_, index) => index + 1));
    expect(new Set(claims.map(({ member }) => member)).size).toBe(QUOTA);
    const items = await database.kysely.selectFrom('offer_items').select(['taken', 'waiting']).execute();
    expect(items).toEqual([{ taken: QUOTA, waiting: 0 }]);
    for (const [order, got] of [
      [members, answers],
      [there, others],
    ] as const) {
      // Whoever has one is answered the same again; of the others nobody came before one who was given one here.
      const holds = order.map((_, index) => got[2 * index]?.result !== 'refused');
      const firstGiven = order.map((_, index) => isGiven(got[2 * index]));
      expect(holds.slice(0, firstGiven.lastIndexOf(true) + 1).every(Boolean)).toBe(true);
      for (const [index] of order.entries())
        expect(got[2 * index + 1]?.result).toBe(holds[index] ? 'exists' : 'refused');
    }
    for (const gateway of new Set(claims.map((claim) => claim.gateway))) {
      const arrivals = claims.filter((claim) => claim.gateway === gateway).map(({ arrival }) => arrival);
      expect(arrivals).toEqual([...arrivals].sort((left, right) => left - right));
    }
  });

  it('writes nothing for who comes when all is gone', async () => {
    const [database, one] = await openTwo(await newLocation(), {});
    const ask = (some: readonly string[]) =>
      Promise.all(some.map((member) => one.claim({ offer: 'tickets', member, by: 'test' })));
    await ask(members.slice(0, QUOTA));
    const before = await database.kysely.selectFrom('offers').selectAll().execute();
    let transactions = 0;
    const { inTransaction } = database;
    Object.assign(database, {
      inTransaction: (work: Parameters<typeof inTransaction>[0]) => {
        transactions++;
        return inTransaction(work);
      },
    });
    const late = await ask(members);
    expect(late.filter(({ result }) => result === 'exists')).toHaveLength(QUOTA);
    expect(late.filter(({ result }) => result === 'refused')).toHaveLength(MEMBERS - QUOTA);
    expect(transactions).toBe(0);
    expect(await database.kysely.selectFrom('offers').selectAll().execute()).toEqual(before);
  });

  it('with a waiting list and cancellations ends with the quota given and the longest waiting served', async () => {
    const [database, one, other] = await openTwo(await newLocation(), { waitingPlaces: 20 });
    const claims = members.map((member, index) =>
      (index % 2 === 0 ? one : other).claim({ offer: 'tickets', member, by: 'test' }),
    );
    const given = (await Promise.all(claims)).flatMap((answer) => ('claim' in answer ? [answer.claim] : []));
    const [claimed, waiting] = ['claimed', 'waiting'].map((state) => given.filter((claim) => claim.state === state));
    expect([claimed!.length, waiting!.length]).toEqual([QUOTA, 20]);
    const back = claimed!.slice(0, 12).map(({ member }, index) =>
      (index % 2 === 0 ? one : other).change({
        offer: 'tickets',
        member,
        change: 'cancelled',
        by: 'test',
        reason: '',
      }),
    );
    await Promise.all(back);
    const rows = await database.kysely.selectFrom('offer_claims').selectAll().orderBy('number').execute();
    expect(rows.filter(({ state }) => state === 'claimed')).toHaveLength(QUOTA);
    const promoted = rows
      .filter(({ state, number }) => state === 'claimed' && number > QUOTA)
      .map(({ number }) => number);
    expect(promoted).toEqual(Array.from({ length: 12 }, (_, index) => QUOTA + 1 + index));
    expect(await database.kysely.selectFrom('offer_items').select(['taken', 'waiting']).execute()).toEqual([
      { taken: QUOTA, waiting: 8 },
    ]);
  });

  it('over HTTP at two gateways gives the quota and nobody a failure', async () => {
    const location = await newLocation();
    const database = await open(location);
    await recordMembers(database);
    await recordOffer({ database, clock: now }, { offer: offerOf(), by: 'test' });
    const one = await openGateway({ location, now });
    const dataFolder = 'databaseUrl' in location ? one.dataFolder : undefined;
    const other = await openGateway({ location, now, key: one.key, ...(dataFolder && { dataFolder }) });
    const asked = members.map(async (member, index) => {
      const { url, key } = index % 2 === 0 ? one : other;
      const answer = await fetch(`${url}/v1/offers/tickets/claims`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ member }),
      });
      await answer.arrayBuffer();
      return answer.status;
    });
    const statuses = await Promise.all(asked);
    expect(
      statuses.filter((status) => status === 201),
      kind,
    ).toHaveLength(QUOTA);
    expect(statuses.filter((status) => status === 422)).toHaveLength(MEMBERS - QUOTA);
  });
});
