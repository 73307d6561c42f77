import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { tapDay, tapDayAt } from '../../../src/gateway/storage/index.js';
import { eachEngine } from './each-engine.js';

const instants = [
  '2015-10-02T18:59:59.999Z',
  '2015-10-02T19:00:00Z',
  '1970-01-01T00:00:00Z',
  '1969-12-31T18:59:59.999Z',
  '1969-12-31T19:00:00Z',
  '1969-12-30T12:00:00.001Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
].map(Date.parse);

eachEngine('the day of a tap', (engine) => {
  it('is the one that is asked for, whoever works it out', async () => {
    const { kysely } = await engine.open();
    for (const ms of instants) {
      const { rows } = await sql<{ day: number }>`
        select ${tapDay('tap.at_ms')} as day from (select cast(${sql.lit(ms)} as bigint) as at_ms) as tap`.execute(
        kysely,
      );
      expect(Number(rows[0]!.day)).toBe(tapDayAt(ms) + 0);
    }
    expect(tapDayAt(instants[1]!)).toBe(tapDayAt(instants[0]!) + 1);
  });
});
