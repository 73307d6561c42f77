import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { maskMobile } from '../../../src/gateway/membership/privacy/mask-private-data.js';
import { MessageError, openMessages } from '../../../src/gateway/messages/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { isSignedWith, openReceiver } from '../webhooks/receiver.js';

const START = Date.parse('2016-02-01T10:00:00+08:00');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const MOBILE = '13900574001';
const values = { code: '271828', year: '2016', minutes: '5' };

function openOver(database: GatewayDatabase, url?: string) {
  let nowMs = START;
  const logged: string[] = [];
  const log = (line: object) => void logged.push(JSON.stringify(line));
  const messages = openMessages({
    database,
    personalDataKey: new Uint8Array(32).fill(3),
    clock: () => new Date(nowMs),
    random: randomBytes,
    version: '0',
    logger: { info: log, warn: log, error: log },
    ...(url !== undefined && { endpoint: { url, secret: SECRET } }),
  });
  const run = async (name: string) => {
    for (const job of messages.jobs) if (job.name === name) await job.run(new AbortController().signal);
  };
  return {
    ...messages,
    logged,
    pass: (ms: number) => {
      nowMs += ms;
    },
    send: () =>
      database.inTransaction((transaction) =>
        messages.sendMessage(transaction, { to: MOBILE, template: 'certification-code', values, member: '1' }),
      ),
    deliver: () => run('deliver-messages'),
    forget: () => run('forget-messages'),
    list: () => messages.read({ limit: 10, isRevealed: false }),
    rows: () => database.kysely.selectFrom('messages').selectAll().execute(),
  };
}

eachEngine('the outbox', (engine) => {
  it('hands messages on, signed, and keeps neither number nor words of what was delivered', async () => {
    const receiver = await openReceiver((_, response, count) => void response.writeHead(count === 1 ? 503 : 204).end());
    const outbox = openOver(await engine.open(), receiver.url);
    const id = await outbox.send();
    expect(JSON.stringify(await outbox.rows())).not.toMatch(/13900574001|271828/);
    await outbox.deliver();
    await outbox.deliver();
    expect(await outbox.list()).toMatchObject([{ id, state: 'pending', attempts: 1, outcome: 'refused' }]);
    outbox.pass(6100);
    await outbox.deliver();
    expect(receiver.received).toHaveLength(2);
    const [, second] = receiver.received;
    expect(isSignedWith(SECRET, second!)).toBe(true);
    expect(second!.headers['webhook-id']).toBe(id);
    expect(JSON.parse(second!.body)).toMatchObject({ to: MOBILE, template: 'certification-code', values });
    expect(JSON.parse(second!.body).textZh).toContain('271828');
    expect(await outbox.rows()).toMatchObject([{ state: 'delivered', sealed: null }]);
    expect(JSON.stringify(await outbox.list()) + outbox.logged.join()).not.toMatch(/139|271828|127\.0\.0\.1/);
  });

  it('sends nothing that has expired, forgets it, and nothing of a transaction that was undone', async () => {
    const receiver = await openReceiver((_, response) => void response.writeHead(500).end());
    const database = await engine.open();
    const outbox = openOver(database, receiver.url);
    await outbox.send();
    await outbox.deliver();
    outbox.pass(300_000);
    await outbox.deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await outbox.list()).toEqual([]);
    await outbox.forget();
    expect(await outbox.rows()).toEqual([]);
    const undone = database.inTransaction(async (transaction) => {
      await outbox.sendMessage(transaction, { to: MOBILE, template: 'certification-code', values });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await outbox.rows()).toEqual([]);
  });

  it('is delivered once, whichever of two processes takes it, and soon where somebody asks for it', async () => {
    const receiver = await openReceiver();
    const location = await engine.newLocation();
    const [one, other] = [await engine.open(location), await engine.open(location)].map((each) =>
      openOver(each, receiver.url),
    );
    for (let message = 0; message < 30; message++) await one!.send();
    one!.deliverSoon();
    await other!.deliver();
    await one!.deliver();
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(30);
    await one!.stop();
    const ids = receiver.received.map(({ event }) => event.id);
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
  });

  it('shows its words only where nobody delivers, and the number masked', async () => {
    const outbox = openOver(await engine.open());
    await outbox.send();
    expect(await outbox.list()).toMatchObject([{ state: 'kept', to: '139****4001', member: '1' }]);
    const [revealed] = await outbox.read({ limit: 1, isRevealed: true });
    expect(revealed).toMatchObject({ to: MOBILE, text: expect.stringContaining('271828') });
  });

  it('refuses a message that lacks a value', async () => {
    const database = await engine.open();
    const outbox = openOver(database);
    const sending = database.inTransaction((transaction) =>
      outbox.sendMessage(transaction, { to: MOBILE, template: 'certification-code', values: { code: '1' } }),
    );
    await expect(sending).rejects.toThrow(MessageError);
  });
});

it.each([
  ['13900574001', '139****4001'],
  ['+8613900574001', '+86*******4001'],
  ['1234567', '******7'],
])('shows %s as %s', (mobile, shown) => {
  expect(maskMobile(mobile)).toBe(shown);
});
