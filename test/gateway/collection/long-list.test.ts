import { expect, it } from 'vitest';
import {
  loadCollectionPolicy,
  readList,
  recordListsJob,
  takeListStep,
  uploadList,
} from '../../../src/gateway/collection/index.js';
import { writeCsv } from '../../../src/gateway/sheets/index.js';
import { readUnit, recordUnits } from '../../../src/gateway/units/index.js';
import { cardsOver } from '../cards/cards-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cellsOf, HEADINGS, someone } from './people.js';

const ROWS = 230;
const NOW = '2015-10-08T09:00:00+08:00';

eachEngine('a list that is longer than an officer waits for', ({ open }) => {
  it('is accepted at once in part, and a job makes members of the rest, each once whoever works at it', async () => {
    const database = await open();
    const { cards } = cardsOver(database, NOW);
    const options = {
      ...cards.options,
      cards,
      collectionPolicy: loadCollectionPolicy('ningbo'),
      rowsAtOnce: 100,
    };
    const units = [
      { unit: 'ningbo', name: '宁波市总工会', level: 'city', index: 0 },
      { unit: 'port', name: '宁波港工会', level: 'grass-roots', parent: 'ningbo', index: 1 },
    ] as const;
    await recordUnits(database, units, { by: 'test', at: new Date(NOW) });
    const unit = (await readUnit(database.kysely, 'port'))!;
    const people = Array.from({ length: ROWS }, (_, index) => cellsOf(someone(index)));
    const bytes = Buffer.from(writeCsv([HEADINGS, ...people]));
    const { list } = await uploadList(options, { unit, source: { format: 'csv', bytes }, by: 'test' });
    expect(list.rows).toMatchObject({ good: ROWS, wrong: 0 });
    const by = { list: list.list, by: 'test', reach: { kind: 'all' } } as const;
    await takeListStep(options, { ...by, step: 'submit' });
    const accepted = await takeListStep(options, { ...by, step: 'accept' });
    expect(accepted).toMatchObject({ result: 'done', list: { state: 'accepted', rows: { recorded: 200 } } });

    const job = recordListsJob(options);
    const stopped = new AbortController();
    stopped.abort();
    await job.run(stopped.signal);
    expect((await readList(database.kysely, list.list))!.rows.recorded).toBe(200);
    const { signal } = new AbortController();
    await Promise.all([job.run(signal), job.run(signal)]);
    expect((await readList(database.kysely, list.list))!.rows).toMatchObject({ recorded: ROWS, wrong: 0 });
    const count = async (table: 'members' | 'card_orders') =>
      (await database.kysely.selectFrom(table).select('member').distinct().execute()).length;
    expect([await count('members'), await count('card_orders')]).toEqual([ROWS, ROWS]);
    const orders = await database.kysely.selectFrom('card_orders').select('id').execute();
    expect(orders).toHaveLength(ROWS);
    const left = await database.kysely.selectFrom('member_list_persons').select('row').execute();
    expect(left).toEqual([]);
  });
});
