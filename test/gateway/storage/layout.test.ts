import { createHash } from 'node:crypto';
import { Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { unfoldRow } from '../../../src/gateway/intake/unfold-row.js';
import type { DatabaseLocation, Tables } from '../../../src/gateway/storage/index.js';
import { createLibsqlEngine } from '../../../src/gateway/storage/libsql/engine.js';
import { migrate } from '../../../src/gateway/storage/migrate.js';
import { MIGRATIONS } from '../../../src/gateway/storage/migrations/index.js';
import { createPostgresqlEngine } from '../../../src/gateway/storage/postgresql/engine.js';
import { canonicalRecord, cardToken, contentHash, type TapRecord, tapIdentity } from '../../../src/tap/index.js';
import { entriesOf, intakeOver, metroRide, PAN, receiptIn, tokenKey } from '../intake/intake-fixture.js';
import { eachEngine } from './each-engine.js';

const [entry, exit] = await metroRide();

/** As ids were made before their order meant something. */
const oldIdOf = (record: TapRecord) =>
  `tap_${createHash('sha256').update(tapIdentity(record)).digest('hex').slice(0, 32)}`;

const engineAt = (location: DatabaseLocation) =>
  'databaseUrl' in location
    ? createPostgresqlEngine(location.databaseUrl)
    : createLibsqlEngine(`${location.dataFolder}/gateway.db`);

eachEngine('books of an older version', (engine) => {
  /** Books that hold an entry, as version 0.1.0 wrote it. */
  async function olderBooks(): Promise<{ location: DatabaseLocation; receipt: string; id: string }> {
    const now = intakeOver(await engine.open());
    const { id: newId } = await now.accept(entry);
    const id = oldIdOf(entry);
    const asOld = <Row extends object>(row: Row): Row =>
      JSON.parse(JSON.stringify(row).replaceAll(newId, id), (key, value) => (key === 'record' ? undefined : value));
    const location = await engine.newEmptyLocation();
    const old = engineAt(location);
    const kysely = new Kysely<Tables>({ dialect: old.dialect });
    await migrate(
      kysely,
      old,
      MIGRATIONS.filter(({ name }) => name < '005'),
    );
    const columnsOf = async (table: keyof Tables & string) =>
      (await kysely.introspection.getTables()).find(({ name }) => name === table)!.columns.map(({ name }) => name);
    for (const { chip, atc } of await now.database.kysely.selectFrom('card_counters').selectAll().execute()) {
      const digits = Buffer.from(chip).toString('hex').padEnd(32, '0');
      await sql`insert into card_transactions (card_token, chip, atc, tap_id)
        values (${cardToken(tokenKey, PAN)}, ${digits}, ${atc}, ${id})`.execute(kysely);
    }
    for (const table of ['tap_identities', 'taps', 'tap_cards', 'journeys'] as const) {
      const columns = await columnsOf(table);
      for (const row of await now.database.kysely.selectFrom(table).selectAll().execute()) {
        const whole = await unfoldRow(now.database.kysely, row);
        const kept = Object.entries(asOld(whole)).filter(([column]) => columns.includes(column));
        const text = canonicalRecord(entry);
        const sealed = createRecordSeal(tokenKey).seal(id, text, Buffer.from(contentHash(text), 'hex'));
        const identity = { content_hash: contentHash(text), card_token: cardToken(tokenKey, PAN) };
        const told = { taps: { record: sealed }, tap_identities: identity };
        const values = { ...Object.fromEntries(kept), ...told[table as 'taps'] };
        await kysely
          .insertInto(table)
          .values(values as never)
          .execute();
      }
    }
    const { receipt } = await kysely.selectFrom('taps').select('receipt').executeTakeFirstOrThrow();
    await kysely.destroy();
    return { location, id, receipt: receipt! };
  }

  it('are carried over: the same answers, under the ids that were told', async () => {
    const { location, id, receipt } = await olderBooks();
    const intake = intakeOver(await engine.open(location));
    expect(await intake.accept(entry)).toEqual({ result: 'exists', id, receipt });
    expect(await intake.accept({ ...entry, amountFen: 1 })).toMatchObject({ result: 'conflict', id });
    expect(await intake.readTap(id)).toMatchObject({ id, conflicts: 1 });
    expect(await intake.inspectTap(id)).toEqual({ record: entry, conflicting: [{ ...entry, amountFen: 1 }] });
    const again = { result: 'refused', code: 'transaction-repeated' };
    expect(await intake.accept({ ...entry, terminal: 'another' })).toMatchObject(again);
    const { journey } = receiptIn(await intake.accept(exit));
    expect(journey).toMatchObject({ id, status: 'complete' });
    expect((await intake.journeys({ cardToken: cardToken(tokenKey, PAN), limit: 10 })).journeys).toMatchObject([
      { id },
    ]);
    expect(new Set((await entriesOf(intake)).map(({ journey_id }) => journey_id))).toEqual(new Set([id]));
  });
});
