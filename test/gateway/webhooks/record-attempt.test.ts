import { expect, it } from 'vitest';
import { claimDeliveries, LEASE_MS, releaseDeliveries } from '../../../src/gateway/webhooks/claim-deliveries.js';
import { publish, readBacklog, readDeliveries } from '../../../src/gateway/webhooks/index.js';
import { recordAttempt } from '../../../src/gateway/webhooks/record-attempt.js';
import { eachEngine } from '../storage/each-engine.js';

const START = Date.parse('2015-10-06T12:00:00+08:00');

eachEngine('a delivery', (engine) => {
  async function openWith(...ids: readonly string[]) {
    const database = await engine.open();
    const webhooks = ids.map((id) => ({
      ...{ id, name: id, url: 'https://example.org', event_types: '["list.published"]' },
      ...{ secret: Uint8Array.of(1), created_at_ms: 0 },
    }));
    await database.kysely.insertInto('webhooks').values(webhooks).execute();
    const data = { list: 'deny', version: 1 };
    const event = { type: 'list.published', subject: 'deny', data, at: new Date(START) } as const;
    await database.inTransaction((transaction) => publish(transaction, event));
    const claim = async (nowMs: number) => (await claimDeliveries(database, 'wh_1', nowMs))!.deliveries[0]!;
    const record = (delivery: Awaited<ReturnType<typeof claim>>, outcome: 'delivered' | 'timed-out', atMs: number) =>
      recordAttempt(database, {
        ...{ webhookId: 'wh_1', delivery, result: { outcome } },
        ...{ at: new Date(atMs), durationMs: 1, delayMs: 5000 },
      });
    const view = async () => {
      const [delivery] = await readDeliveries(database.kysely, { webhookId: 'wh_1', limit: 1 });
      return [delivery!.state, ...delivery!.attempts.map(({ outcome }) => outcome)];
    };
    return { ...database, claim, record, view };
  }

  it('that another process has delivered stays so, whatever becomes of an attempt whose lease ran out', async () => {
    const { claim, record, view } = await openWith('wh_1');
    const slow = await claim(START);
    const quick = await claim(START + LEASE_MS);
    expect(await record(quick, 'delivered', START + LEASE_MS + 1)).toBe('delivered');
    expect(await record(slow, 'timed-out', START + LEASE_MS + 2)).toBe('delivered');
    expect(await view()).toEqual(['delivered', 'delivered', 'timed-out']);
  });

  it('stays in the hands of who has claimed it anew, and is done where the first came through after all', async () => {
    const { claim, record, view, kysely } = await openWith('wh_1');
    const first = await claim(START);
    const second = await claim(START + LEASE_MS);
    expect(await record(first, 'timed-out', START + LEASE_MS + 1)).toBe('pending');
    const lease = await kysely.selectFrom('webhook_deliveries').select('leased_until_ms').executeTakeFirstOrThrow();
    expect(lease.leased_until_ms).toBe(START + 2 * LEASE_MS);
    const third = await claim(START + 2 * LEASE_MS);
    expect(await record(second, 'delivered', START + 2 * LEASE_MS + 1)).toBe('delivered');
    expect(await record(third, 'timed-out', START + 2 * LEASE_MS + 2)).toBe('delivered');
    expect(await view()).toEqual(['delivered', 'timed-out', 'delivered', 'timed-out']);
  });

  it('is given back by who holds it alone', async () => {
    const { claim, kysely } = await openWith('wh_1');
    const lease = () => kysely.selectFrom('webhook_deliveries').select('leased_until_ms').executeTakeFirstOrThrow();
    const first = await claim(START);
    const second = await claim(START + LEASE_MS);
    await releaseDeliveries(kysely, [first]);
    expect((await lease()).leased_until_ms).toBe(second.leasedUntilMs);
    await releaseDeliveries(kysely, [second]);
    expect((await lease()).leased_until_ms).toBe(0);
  });

  it('to a receiver that is disabled does not count as waiting', async () => {
    const { kysely } = await openWith('wh_1', 'wh_2');
    expect(await readBacklog(kysely)).toEqual({ pending: 2, oldestMs: START });
    await kysely.updateTable('webhooks').set({ disabled_at_ms: START }).where('id', '=', 'wh_1').execute();
    expect(await readBacklog(kysely)).toEqual({ pending: 1, oldestMs: START });
    await kysely.updateTable('webhooks').set({ disabled_at_ms: START }).execute();
    expect(await readBacklog(kysely)).toEqual({ pending: 0, oldestMs: undefined });
  });
});
