import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { withFares } from '../../../src/gateway/index.js';
import { openBooks } from '../../../src/gateway/open-books.js';
import { newBooksFolder } from '../../support/books-folder.js';
import { gate, intakeOver, member, PAN, tariff } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const clock = () => new Date('2015-10-06T12:00:00+08:00');
const card = cardInPocket();
const entry = await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${DAY}T08:25:00+08:00`));
const bus = await card.tapAt('bus-validator', { at: `${DAY}T10:00:00+08:00` });

eachEngine('books without a gateway', (engine) => {
  it('are closed and priced again by the rules that are named, and the audit log tells of it', async () => {
    const location = await engine.newLocation();
    const folder = { dataFolder: newBooksFolder('fares'), ...location, clock, random: randomBytes };
    const { database } = await openBooks(folder, randomBytes);
    await intakeOver(database, { cards: { [PAN]: member } }).acceptBatch([entry, bus]);
    const close = (day: string) => withFares(folder, (fares) => fares.close(day));
    await expect(close('2015-10-06')).rejects.toMatchObject({ code: 'service-day-not-over' });
    expect(await close(DAY)).toMatchObject({ closed: true, closedJourneys: 1 });
    const dearer = { ...folder, tariff: { ...tariff, id: 'dearer', bus: { ...tariff.bus, fareFen: 300 } } };
    const reprice = (dryRun: boolean) => withFares(dearer, (fares) => fares.reprice({ from: DAY, to: DAY, dryRun }));
    expect(await reprice(true)).toMatchObject({ status: 'done', dryRun: true, report: { fareFen: 100 } });
    const done = await reprice(false);
    expect(done).toMatchObject({ status: 'done', fares: { tariff: 'dearer' }, report: { fareFen: 100 } });
    expect(await withFares(dearer, (fares) => fares.resume(done.id))).toEqual(done);
    expect(await withFares(dearer, (fares) => fares.resume('rp_0'))).toBeUndefined();
    const { kysely } = database;
    const told = await kysely.selectFrom('audit_records').select(['operation', 'phase']).orderBy('sequence').execute();
    expect(told.slice(0, 6).map(({ operation, phase }) => `${operation} ${phase}`)).toEqual([
      'closeServiceDay begun',
      'closeServiceDay done',
      'closeServiceDay begun',
      'closeServiceDay done',
      'startRepricing begun',
      'startRepricing done',
    ]);
    const booked = await kysely.selectFrom('charges').select('service_day').where('revision', '=', 2).execute();
    expect(booked.every(({ service_day }) => service_day > DAY)).toBe(true);
    await database.close();
  });
});
