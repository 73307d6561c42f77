import { afterEach, expect, it, vi } from 'vitest';
import { boxedExceptionPolicy, surveyTerminals } from '../../../src/gateway/exceptions/index.js';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { planOf, scannedBy, statementsOf, steppedOverBy } from '../storage/statement-plans.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { intakeOver, member, metroRide, type OpenIntake, PAN } from './intake-fixture.js';

type TestedEngine = Parameters<Parameters<typeof eachEngine>[1]>[0];
type Work = (intake: OpenIntake) => Promise<unknown>;

/** Read as a whole: a row for each day that was ever closed, a few thousand in ten years, and one for each subscriber. */
const SHORT_TABLES = new Set(['service_days', 'webhooks']);

const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51').tapAt('bus-validator', { at: '2015-10-03T10:00:00+08:00' });

afterEach(() => void vi.restoreAllMocks());

/** Runs `work` and holds every statement of it to reading no table that grows from one end to the other. */
async function holdPlans(engine: TestedEngine, location: DatabaseLocation, short: ReadonlySet<string>, work: Work) {
  const database = await engine.open(location);
  const intake = intakeOver(database, { cards: { [PAN]: member } });
  await intake.accept(entry);
  const statements = statementsOf(engine.kind);
  await work(intake);
  const taken = [...statements.values()];
  vi.restoreAllMocks();
  const tables = new Set((await database.kysely.introspection.getTables()).map(({ name }) => name));
  for (const statement of taken) {
    const scanned = await scannedBy(database, location, statement);
    expect(await steppedOverBy(database, statement), statement.sql).toEqual([]);
    const long = scanned.filter((name) => tables.has(name) && !short.has(name));
    expect(long, statement.sql).toEqual([]);
    // An alias hides a table from this test.
    for (const name of scanned) expect([...tables, 'json_each', 'asked', 'near', 'CONSTANT']).toContain(name);
  }
  return taken.length;
}

eachEngine('reads no table that grows from one end to the other', (engine) => {
  it('on the way of a tap', async () => {
    const count = await holdPlans(engine, await engine.newLocation(), SHORT_TABLES, (intake) =>
      intake.acceptBatch([exit, bus, entry, { ...exit, amountFen: 1 }]),
    );
    expect(count).toBeGreaterThan(10);
  });

  it('where terminals are surveyed', async () => {
    const clock = () => new Date('2015-10-06T13:00:00+08:00');
    const short = new Set([...SHORT_TABLES, 'terminal_gaps']);
    const count = await holdPlans(engine, await engine.newLocation(), short, async ({ acceptBatch, database }) => {
      await acceptBatch([exit, { ...bus, sequence: 9 }]);
      await surveyTerminals({ database, clock, policy: boxedExceptionPolicy() });
      // Once more, when there are gaps and terminals are known.
      await acceptBatch([{ ...bus, sequence: 12 }]);
      await surveyTerminals({ database, clock, policy: boxedExceptionPolicy() });
    });
    expect(count).toBeGreaterThan(10);
  });
});

eachEngine('the taps that decide a price', (engine) => {
  it('are found by day, card and service at once', async () => {
    const location = await engine.newLocation();
    const intake = intakeOver(await engine.open(location));
    const statements = statementsOf(engine.kind);
    await intake.accept(entry);
    vi.restoreAllMocks();
    const statement = [...statements.values()].find(({ sql }) => sql.includes('86400000'))!;
    const plan = await planOf(intake.database, location, statement);
    const found = {
      libsql: 'USING INDEX taps_by_day (<expr>=? AND <expr>=? AND service=?)',
      postgresql: /Index Cond: .*86400000\) = .*substr\(.* = substr\(.*service/,
    }[engine.kind];
    expect(plan.join('\n')).toMatch(found);
  });
});
