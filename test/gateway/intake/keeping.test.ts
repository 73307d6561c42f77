import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createExaminer, toReadTap } from '../../../src/gateway/intake/examination/index.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import type { Booked } from '../../../src/gateway/intake/intake-observer.js';
import { createKeeper, type Keeper, ThreadedKeeper } from '../../../src/gateway/intake/keeping/index.js';
import { readFareCards } from '../../../src/gateway/membership/index.js';
import type { DatabaseLocation, GatewayDatabase, Tables } from '../../../src/gateway/storage/index.js';
import { StorageError } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';
import { campaigns, metroRide, tariff, tokenKey } from './intake-fixture.js';

const clock = () => new Date('2015-10-06T12:00:00+08:00');
const booking = { readFareCards, tariff, campaigns, clock };

const opened: Keeper[] = [];
afterAll(() => Promise.all(opened.map((keeper) => keeper.close())));

function thread(
  location: DatabaseLocation,
  more: Partial<ConstructorParameters<typeof ThreadedKeeper>[0]> = {},
): ThreadedKeeper {
  const rules = { tariff: 'ningbo-2015', campaigns: 'ningbo-2015' };
  const keeper = new ThreadedKeeper({ location, rules, clock, observer: { booked: () => {} }, ...more });
  opened.push(keeper);
  return keeper;
}

const examiner = createExaminer({ caKeys, tokenKey });
const examined = (records: readonly TapRecord[]) =>
  Promise.all(
    records.map(async (record) => {
      const { text, sealed } = toReadTap(record, await examiner.examine(record));
      return { text, sealed, nowMs: clock().getTime(), uploadedAtMs: Date.parse('2015-10-06T11:59:58+08:00') };
    }),
  );

const [entry, exit] = await metroRide();
const ride = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('bus-validator');
const forged: TapRecord = { ...ride, sequence: ride.sequence + 1, amountFen: ride.amountFen + 1 };
const groups: readonly (readonly TapRecord[])[] = [
  [exit, ride, ride],
  [entry, { ...ride, terminal: 'another "7" 闸机' }, forged],
  [ride, { ...forged, amountFen: 1 }],
];

const TABLES = ['tap_identities', 'taps', 'tap_conflicts', 'card_counters', 'journeys', 'charges', 'entries'] as const;

/** All rows but for when they came, which is of the moment. */
async function rowsOf({ kysely }: GatewayDatabase) {
  const rows = TABLES.map(async (table: keyof Tables) =>
    (await kysely.selectFrom(table).selectAll().execute())
      .map((row) => JSON.stringify({ ...row, received_at_ms: 0, booked_at_ms: 0 }))
      .sort(),
  );
  return Promise.all(rows);
}

eachEngine('taps kept in a thread beside the caller’s', (engine) => {
  it('get the same answers and leave the same books, group after group', async () => {
    const [location, other] = [await engine.newLocation(), await engine.newLocation()];
    const booked: Booked[] = [];
    const there = thread(location, { observer: { booked: (told) => booked.push(told) } });
    const database = await engine.open(other);
    const here = createKeeper({ ...booking, database });
    const results: string[] = [];
    const taps = await Promise.all(groups.map(examined));
    // All are handed over, in their order, before the first has been answered.
    const answers = await Promise.all(taps.map((group, index) => there.keep(group, index > 0)));
    for (const [index, group] of taps.entries()) {
      const expected = (await here.keep(group, false)).answers;
      expect(answers[index]!.answers).toEqual(JSON.parse(JSON.stringify(expected)));
      results.push(...expected.map(({ result }) => result));
    }
    expect(new Set(results)).toEqual(new Set(['created', 'exists', 'refused', 'conflict']));
    const kept = await rowsOf(await engine.open(location));
    expect(kept).toEqual(await rowsOf(database));
    expect(kept.map(({ length }) => length > 0)).toEqual(TABLES.map(() => true));
    expect(booked.map(({ cards }) => cards)).toEqual([2, 1, 0]);
    expect(booked.every(({ fromMs, toMs }) => fromMs <= toMs && toMs <= Date.now())).toBe(true);
    const [{ received_at_ms }] = (await database.kysely.selectFrom('taps').select('received_at_ms').execute()) as [
      { received_at_ms: number },
    ];
    expect(Math.abs(received_at_ms - clock().getTime())).toBeLessThan(60_000);
  });

  it.each(['beside', 'own'])('go by who was handed over first, in a thread %s', async (where) => {
    const location = await engine.newLocation();
    const keeper =
      where === 'own' ? createKeeper({ ...booking, database: await engine.open(location) }) : thread(location);
    // The second waits for the first, which has a tap of it; the third has another content of what the second brings.
    const handed = await Promise.all([[ride], [ride, forged], [{ ...forged, amountFen: 1 }]].map(examined));
    const kept = await Promise.all(handed.map((taps, index) => keeper.keep(taps, index > 0)));
    const results = kept.map(({ answers }) => answers.map(({ result }) => result));
    expect(results).toEqual([['created'], ['exists', 'refused'], ['conflict']]);
  });

  it.each(['beside', 'own'])('keep nothing that was handed over behind what fails, in a thread %s', async (where) => {
    const location = await engine.newLocation();
    const keeper =
      where === 'own' ? createKeeper({ ...booking, database: await engine.open(location) }) : thread(location);
    const [first, second] = await Promise.all([[ride], [{ ...forged, sequence: ride.sequence }]].map(examined));
    const broken = { ...first![0]!, text: '{' };
    // Of two contents under one identity the earlier one counts, though it has to be kept once more.
    const handed = [keeper.keep([...first!, broken], false), keeper.keep(second!, true), keeper.keep(second!, true)];
    const settled = await Promise.allSettled(handed);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const again = [await keeper.keep(first!, false), await keeper.keep(second!, true)];
    expect(again.map(({ answers }) => answers.map(({ result }) => result))).toEqual([['created'], ['conflict']]);
  });

  it('ends what is under way before it closes', async () => {
    const keeper = thread(await engine.newLocation());
    const keeping = keeper.keep(await examined([ride]), false);
    await keeper.close();
    expect((await keeping).answers).toMatchObject([{ result: 'created' }]);
  });
});

describe('taps kept in a thread', () => {
  it('are not kept where its database cannot be opened, and that is told as by the caller’s own', async () => {
    const keeper = thread({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/nowhere' });
    for (const _attempt of [1, 2]) {
      const error = await keeper.keep(await examined([ride]), false).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ code: 'database-unreachable', place: 'postgresql://127.0.0.1:1/nowhere' });
    }
  });

  it('fail with a thread that ends, each time that one is begun', async () => {
    const keeper = thread(
      { databaseUrl: 'postgresql://nobody@127.0.0.1:1/nowhere' },
      { rules: { tariff: 'nowhere-1999' } },
    );
    const taps = await examined([ride]);
    for (const _attempt of [1, 2]) await expect(keeper.keep(taps, false)).rejects.toThrow('nowhere-1999');
  });
});

eachEngine('who hands in a tap', (engine) => {
  it('is not answered before it is on the disk, and told if it cannot be brought there', async () => {
    const location = await engine.newLocation();
    const synced: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
    const logSync = {
      sync: () => new Promise<void>((resolve, reject) => void synced.push({ resolve, reject })),
      close: async () => {},
    };
    const database = await engine.open(location);
    const intake = createIntake({ ...booking, caKeys, tokenKey, database, keeper: thread(location, { logSync }) });
    const told: string[] = [];
    const accept = (record: TapRecord) =>
      intake.accept(record).then(
        ({ result }) => told.push(result),
        (error: Error) => told.push(error.message),
      );
    const first = accept(ride);
    while (synced.length < 1) await setTimeout(2);
    // Whoever comes meanwhile need not wait until that is done to be kept.
    const second = accept(entry);
    while (synced.length < 2) await setTimeout(2);
    expect(told).toEqual([]);
    synced[0]!.resolve();
    await first;
    expect(told).toEqual(['created']);
    synced[1]!.reject(new StorageError('database-unreachable', 'here', 'no disk'));
    await second;
    expect(told).toEqual(['created', 'no disk (here)']);
    const again = intake.accept(entry);
    while (synced.length < 3) await setTimeout(2);
    synced[2]!.resolve();
    expect((await again).result).toBe('exists');
  });
});
