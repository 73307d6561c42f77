import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { openWebhooks, publish, readDeliveries, replayEvents } from '../../../src/gateway/webhooks/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { isSignedWith, openReceiver } from './receiver.js';

const START = Date.parse('2015-10-06T12:00:00+08:00');

function openOver(database: GatewayDatabase, more: { isPrivateAllowed?: boolean } = {}) {
  let nowMs = START;
  const outcomes: string[] = [];
  const logged: string[] = [];
  const log = (line: object) => void logged.push(JSON.stringify(line));
  const webhooks = openWebhooks({
    key: new Uint8Array(32),
    database,
    clock: () => new Date(nowMs),
    now: () => performance.now(),
    random: randomBytes,
    isPrivateAllowed: true,
    version: '0',
    logger: { info: log, warn: log, error: log } as never,
    attemptDone: (outcome) => void outcomes.push(outcome),
    pollMs: 10,
    ...more,
  });
  return {
    ...webhooks,
    outcomes,
    logged,
    now: () => new Date(nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
    subscribe: async (url: string) => {
      const made = await webhooks.subscriptions.create({ name: 'office', url, events: ['list.published'] });
      if (made === 'full') throw new Error('full');
      return { id: made.webhook.id, secret: made.secret };
    },
    tell: (version: number, list = 'deny') =>
      database.inTransaction((transaction) =>
        publish(transaction, { type: 'list.published', subject: list, data: { list, version }, at: new Date(nowMs) }),
      ),
    log: (webhookId: string) => readDeliveries(database.kysely, { webhookId, limit: 1000 }),
  };
}

const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (let turn = 0; turn < 1500; turn++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come to that');
};

eachEngine('deliveries', (engine) => {
  it('are signed, also with the secret before, and told in the log without what was in them', async () => {
    const office = openOver(await engine.open());
    const receiver = await openReceiver();
    const { id, secret } = await office.subscribe(receiver.url);
    const deliverer = office.start();
    await office.tell(1);
    await until(() => receiver.received.length === 1);
    const rotated = (await office.subscriptions.rotate(id))!;
    await office.tell(2);
    await until(() => receiver.received.length === 2);
    office.pass(25 * 3_600_000);
    await office.tell(3);
    await until(() => receiver.received.length === 3);
    await deliverer.stop();
    const signed = (by: string) => receiver.received.map((received) => isSignedWith(by, received));
    expect(signed(secret)).toEqual([true, true, false]);
    expect(signed(rotated.secret)).toEqual([false, true, true]);
    const [first] = receiver.received;
    expect(first!.event).toEqual({
      id: first!.headers['webhook-id'],
      type: 'list.published',
      timestamp: new Date(START).toISOString(),
      subject: 'deny',
      data: { list: 'deny', version: 1 },
    });
    const log = await office.log(id);
    expect(log.map(({ state, attempts }) => [state, attempts.length])).toEqual(Array(3).fill(['delivered', 1]));
    expect(JSON.stringify(log) + office.logged.join()).not.toMatch(/whsec_|127\.0\.0\.1|"version"/);
  });

  it('are tried again later and later, then dead, and who takes nothing any more is disabled', async () => {
    const database = await engine.open();
    const office = openOver(database);
    const receiver = await openReceiver((_, response, count) => void response.writeHead(count === 3 ? 200 : 500).end());
    const { id } = await office.subscribe(receiver.url);
    const deliverer = office.start();
    await office.tell(1);
    const attempted = (count: number) => until(() => office.outcomes.length === count);
    await attempted(1);
    office.pass(3900);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(receiver.received).toHaveLength(1);
    office.pass(2200);
    await attempted(2);
    office.pass(24_100);
    await attempted(3);
    expect((await office.log(id))[0]).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 500 }, { status: 500 }, { status: 200 }],
    });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    office.pass(1);
    await office.tell(2);
    for (let attempt = 1; attempt <= 12; attempt++) {
      await attempted(3 + attempt);
      office.pass(8 * 3_600_000);
    }
    await deliverer.stop();
    expect(receiver.received).toHaveLength(15);
    expect((await office.log(id))[0]).toMatchObject({ state: 'dead' });
    expect(await office.subscriptions.read(id)).toMatchObject({ state: 'disabled', disabledReason: 'refused' });
    await office.tell(3);
    expect(await office.log(id)).toHaveLength(2);
    await office.subscriptions.enable(id);
    expect(await replayEvents(database, { webhookId: id }, office.now())).toEqual({ events: 3 });
  });

  it('go out once each, whichever of several processes takes them', async () => {
    const location = await engine.newLocation();
    const offices = await Promise.all([1, 2, 3].map(async () => openOver(await engine.open(location))));
    const receiver = await openReceiver();
    await offices[0]!.subscribe(receiver.url);
    const deliverers = offices.map((office) => office.start());
    for (let version = 1; version <= 60; version++) await offices[0]!.tell(version, `list-${version % 7}`);
    await until(() => receiver.received.length >= 60);
    await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
    const ids = receiver.received.map(({ event }) => event.id);
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
  });

  it('that are under way stay in hand while the log of others cannot be written, and go out once', async () => {
    const database = await engine.open();
    const office = openOver(database);
    const answers: (() => void)[] = [];
    let isLogAway = false;
    const receiver = await openReceiver(async ({ event }, response) => {
      const answer = () => void response.writeHead(204).end();
      if (event.subject === 'slow') return void answers.push(answer);
      if (!isLogAway) await sql`alter table webhook_attempts rename to webhook_attempts_away`.execute(database.kysely);
      isLogAway = true;
      answer();
    });
    await office.subscribe(receiver.url);
    for (const subject of ['slow', 'quick']) await office.tell(1, subject);
    const told = (subject: string) => receiver.received.filter(({ event }) => event.subject === subject).length;
    const deliverer = office.start();
    await until(() => told('slow') > 0 && isLogAway);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await sql`alter table webhook_attempts_away rename to webhook_attempts`.execute(database.kysely);
    for (const answer of answers) answer();
    await until(() => office.outcomes.length >= 2);
    await deliverer.stop();
    expect([told('slow'), told('quick')]).toEqual([1, 2]);
  });

  it('that are under way when the gateway stops are given back, and come from the next one', async () => {
    const location = await engine.newLocation();
    const [one, other] = [openOver(await engine.open(location)), openOver(await engine.open(location))];
    const receiver = await openReceiver((_, response, count) => {
      if (count > 1) response.writeHead(204).end();
    });
    await one.subscribe(receiver.url);
    const first = one.start();
    for (const version of [1, 2, 3]) {
      await one.tell(version);
      one.pass(1);
    }
    other.pass(10);
    await until(() => receiver.received.length === 1);
    await first.stop();
    expect(one.outcomes).toEqual([]);
    const second = other.start();
    await until(() => other.outcomes.length === 3);
    await second.stop();
    expect(receiver.received.map(({ event }) => (event.data as { version: number }).version)).toEqual([1, 1, 2, 3]);
  });
});
