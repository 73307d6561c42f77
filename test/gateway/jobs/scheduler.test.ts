import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { holdJob } from '../../../src/gateway/jobs/hold-job.js';
import { type Job, startScheduler } from '../../../src/gateway/jobs/index.js';
import { eachEngine } from '../storage/each-engine.js';

eachEngine('a periodic job', (engine) => {
  const everyHour = { name: 'gaps', everySeconds: 3600 };
  const at = (minutes: number) => () => new Date(Date.UTC(2015, 9, 3, 0, minutes));

  it('is held by one of those who want it, and by the next when it is due again', async () => {
    const location = await engine.newLocation();
    const [one, other] = [await engine.open(location), await engine.open(location)];
    const held = await Promise.all([1, 2, 3, 4].map((n) => holdJob(n % 2 ? one : other, everyHour, `${n}`, at(0))));
    expect(held.filter(Boolean)).toHaveLength(1);
    await held.find(Boolean)!.release('done');
    expect(await holdJob(other, everyHour, 'b', at(59))).toBeUndefined();
    expect(await holdJob(other, everyHour, 'b', at(60))).toBeDefined();
  });

  it('is taken from a holder that has died, who then cannot renew or release it', async () => {
    const database = await engine.open();
    const died = (await holdJob(database, { name: 'often', everySeconds: 1 }, 'a', at(0)))!;
    expect(
      await holdJob(database, { name: 'often', everySeconds: 1 }, 'b', () => new Date(at(0)().getTime() + 59_000)),
    ).toBeUndefined();
    const next = (await holdJob(database, { name: 'often', everySeconds: 1 }, 'b', at(1)))!;
    expect(await died.renew()).toBe(false);
    await died.release('failed');
    expect(await next.renew()).toBe(true);
    const row = await database.kysely.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ holder: 'b', last_outcome: null });
  });

  it('is done again when its holder died amid it or was stopped, not after its whole interval', async () => {
    const database = await engine.open();
    expect(await holdJob(database, everyHour, 'died', at(0))).toBeDefined();
    expect(await holdJob(database, everyHour, 'b', () => new Date(at(0)().getTime() + 59_000))).toBeUndefined();
    const next = (await holdJob(database, everyHour, 'b', at(1)))!;
    await next.handBack();
    await (await holdJob(database, everyHour, 'c', at(2)))!.release('done');
    expect(await holdJob(database, everyHour, 'd', at(61))).toBeUndefined();
    expect(await holdJob(database, everyHour, 'd', at(62))).toBeDefined();
  });

  it('does not wait for an instant of a clock that was ahead, and of clocks a little apart it is run once', async () => {
    const database = await engine.open();
    const year = 366 * 24 * 60;
    const held = (await holdJob(database, everyHour, 'a', at(year)))!;
    const next = (await holdJob(database, everyHour, 'b', at(0)))!;
    expect(await held.renew()).toBe(false);
    await next.release('done');
    await (await holdJob(database, everyHour, 'a', at(year)))!.release('done');
    await (await holdJob(database, everyHour, 'b', at(0)))!.release('done');
    expect(await holdJob(database, everyHour, 'c', () => new Date(at(0)().getTime() - 59_000))).toBeUndefined();
  });

  it('that throws is counted and told, and one under way ends when the gateway stops', async () => {
    const database = await engine.open();
    const told: string[] = [];
    const outcomes: string[] = [];
    let isEnded = false;
    const jobs: Job[] = [
      { name: 'broken', everySeconds: 3600, run: () => Promise.reject(new Error('no')) },
      {
        name: 'long',
        everySeconds: 3600,
        async run(signal) {
          await setTimeout(60_000, undefined, { signal }).catch(() => {});
          isEnded = signal.aborted;
        },
      },
    ];
    const scheduler = startScheduler(jobs, {
      database,
      clock: at(0),
      random: randomBytes,
      now: () => performance.now(),
      logger: { debug: () => {}, error: (line: object) => void told.push(JSON.stringify(line)) } as never,
      jobDone: (name, outcome) => void outcomes.push(`${name} ${outcome}`),
    });
    while (outcomes.length === 0) await setTimeout(5);
    while ((await database.kysely.selectFrom('jobs').selectAll().execute()).length < 2) await setTimeout(5);
    await scheduler.stop();
    expect(isEnded).toBe(true);
    const due = await database.kysely
      .selectFrom('jobs')
      .select('name')
      .where('next_run_at_ms', '<=', at(0)().getTime())
      .execute();
    expect(due).toEqual([{ name: 'long' }]);
    expect(outcomes.sort()).toEqual(['broken failed', 'long done']);
    expect(told).toEqual([expect.stringContaining('"job":"broken"')]);
  });
});
