import { expect, it } from 'vitest';
import { type ImportProgress, importMembers, readImports } from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { withCheckDigit } from '../../bench/gateway/member-file.js';
import { eachEngine } from '../storage/each-engine.js';
import { allRows, personalDataKey, tokenKey } from './import-fixture.js';

/** More than two lots, whether they are recorded together or not. */
const MEMBERS = 450;

const panOf = (index: number): string => withCheckDigit(`622848${String(index).padStart(12, '0')}`);

/** Members in the reverse order of their numbers, so that sorting has work; the first one's card is `pan`. */
const fileOf = (pan = panOf(0)): string =>
  JSON.stringify(
    Array.from({ length: MEMBERS }, (_, index) => ({
      member: `NB-${String(MEMBERS - index).padStart(6, '0')}`,
      name: '王芳',
      mobile: '13900574001',
      certifications: [{ year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' }],
      cards: [{ pan: index === 0 ? pan : panOf(index), generation: 'pboc3' }],
    })),
  );

function importLong(
  database: GatewayDatabase,
  text: string,
  { togetherMax = 0, onProgress = () => {} }: { togetherMax?: number; onProgress?: (far: ImportProgress) => void } = {},
) {
  return importMembers({
    database,
    source: { format: 'json', text },
    tokenKey,
    personalDataKey,
    clock: () => new Date('2016-02-03T08:00:00+08:00'),
    random: (length) => new Uint8Array(length).fill(1),
    togetherMax,
    onProgress,
  });
}

eachEngine('a long file', (engine) => {
  it('leaves the same books, in lots or together, and the same again changes nothing', async () => {
    const [inLots, together] = [await engine.open(), await engine.open()];
    expect(await importLong(inLots, fileOf())).toEqual(await importLong(together, fileOf(), { togetherMax: MEMBERS }));
    const rows = await allRows(inLots.kysely);
    expect(rows).toEqual(await allRows(together.kysely));
    expect(await importLong(inLots, fileOf())).toMatchObject({ records: MEMBERS, members: 0, cards: 0 });
    expect(await allRows(inLots.kysely)).toEqual(rows);
  });

  it('is recorded not at all where two of its members have one card, lots apart', async () => {
    const database = await engine.open();
    await expect(importLong(database, fileOf(panOf(MEMBERS - 1)))).rejects.toMatchObject({
      code: 'members-invalid',
      issues: [{ index: 0, code: 'card-of-other-member' }],
    });
    expect((await allRows(database.kysely)).members).toEqual([]);
    expect(await readImports(database.kysely)).toEqual([]);
  });
});

eachEngine('a long file that is stopped halfway', (engine) => {
  it('is seen in the journal and goes on, or was never begun', async () => {
    const database = await engine.open();
    let recorded = 0;
    const stop = ({ phase, records }: ImportProgress) => {
      if (phase === 'reading' || phase === 'checking') return;
      recorded = records;
      throw new Error('the process dies');
    };
    await expect(importLong(database, fileOf(), { onProgress: stop })).rejects.toThrow('the process dies');
    const halfway = (await allRows(database.kysely)).members?.length;
    const isInLots = engine.kind === 'libsql';
    expect(recorded).toBeLessThan(MEMBERS);
    expect(halfway).toBe(isInLots ? recorded : 0);
    const journal = { state: 'recording', records: MEMBERS, recorded };
    expect(await readImports(database.kysely)).toMatchObject(isInLots ? [journal] : []);

    expect((await importLong(database, fileOf())).members).toBe(MEMBERS - (halfway ?? 0));
    const done = { state: 'done', records: MEMBERS, recorded: MEMBERS };
    expect(await readImports(database.kysely)).toMatchObject(isInLots ? [done] : []);
  });

  it('lets others write between its lots', async () => {
    const database = await engine.open();
    const writes: Promise<number>[] = [];
    let lots = 0;
    const onProgress = ({ phase }: ImportProgress) => {
      if (phase === 'reading') return;
      lots++;
      if (engine.kind === 'libsql') writes.push(database.inTransaction(async () => lots));
    };
    await importLong(database, fileOf(), { onProgress });
    const waited = (await Promise.all(writes)).map((answeredAt, index) => answeredAt - index);
    expect(Math.max(0, ...waited)).toBeLessThanOrEqual(2);
  });
});
