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
    expect(outcomes.sort()).toEqual(['broken failed', 'long done']);
    expect(told).toEqual([expect.stringContaining('"job":"broken"')]);
  });
});
