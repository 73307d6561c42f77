import { expect, it } from 'vitest';
import { publish } from '../../../src/gateway/webhooks/index.js';
import { eachEngine } from '../storage/each-engine.js';

eachEngine('an event', (engine) => {
  const at = new Date('2015-10-03T08:25:00+08:00');
  const webhook = (id: string, event_types: string, disabled_at_ms: number | null = null) => ({
    id,
    name: id,
    url: 'https://example.org',
    event_types,
    secret: Uint8Array.of(1),
    created_at_ms: 0,
    disabled_at_ms,
  });

  it('is written once, for those who want it, and only with its transaction', async () => {
    const database = await engine.open();
    const list = { type: 'list.published', subject: 'deny', data: { list: 'deny', version: 1 }, at } as const;
    const rows = async () => ({
      events: await database.kysely.selectFrom('webhook_events').select('type').execute(),
      deliveries: await database.kysely.selectFrom('webhook_deliveries').select('webhook_id').execute(),
    });
    await database.inTransaction((transaction) => publish(transaction, list));
    expect(await rows()).toEqual({ events: [], deliveries: [] });
    const wanting = JSON.stringify(['list.published']);
    await database.kysely
      .insertInto('webhooks')
      .values([webhook('wh_1', wanting), webhook('wh_2', '["card.lost"]'), webhook('wh_3', wanting, 1)])
      .execute();
    const failing = database.inTransaction(async (transaction) => {
      await publish(transaction, list);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await rows()).toEqual({ events: [], deliveries: [] });
    for (const _ of [1, 2]) await database.inTransaction((transaction) => publish(transaction, list));
    expect(await rows()).toEqual({ events: [{ type: 'list.published' }], deliveries: [{ webhook_id: 'wh_1' }] });
  });
});
