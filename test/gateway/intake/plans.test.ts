import { afterEach, expect, it, vi } from 'vitest';
import { eachEngine } from '../storage/each-engine.js';
import { scannedBy, statementsOf } from '../storage/statement-plans.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { intakeOver, member, metroRide, PAN } from './intake-fixture.js';

/** Read as a whole: a row for each day that was ever closed, a few thousand in ten years, and one for each subscriber. */
const SHORT_TABLES = new Set(['service_days', 'webhooks']);

const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51').tapAt('bus-validator', { at: '2015-10-03T10:00:00+08:00' });

afterEach(() => void vi.restoreAllMocks());

eachEngine('on the way of a tap', (engine) => {
  it('no statement reads a table that grows from one end to the other', async () => {
    const location = await engine.newLocation();
    const database = await engine.open(location);
    const intake = intakeOver(database, { cards: { [PAN]: member } });
    await intake.accept(entry);
    const statements = statementsOf(engine.kind);
    await intake.acceptBatch([exit, bus, entry, { ...exit, amountFen: 1 }]);
    const taken = [...statements.values()];
    vi.restoreAllMocks();
    expect(taken.length).toBeGreaterThan(10);
    const tables = new Set((await database.kysely.introspection.getTables()).map(({ name }) => name));
    for (const statement of taken) {
      const scanned = await scannedBy(database, location, statement);
      const long = scanned.filter((name) => tables.has(name) && !SHORT_TABLES.has(name));
      expect(long, statement.sql).toEqual([]);
      // An alias hides a table from this test.
      for (const name of scanned) expect([...tables, 'json_each', 'asked', 'near', 'CONSTANT']).toContain(name);
    }
  });
});
