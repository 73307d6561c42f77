import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createPlainServer } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { openWebhooks, publish, readDeliveries } from '../../../src/gateway/webhooks/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { type Certificate, makeCertificate } from '../support/certificates.js';

const AT = new Date('2015-10-06T12:00:00+08:00');
const authority = makeCertificate('an authority of our own');
const servers: { close(): unknown }[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function portOf(server: Server | ReturnType<typeof createPlainServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

const serve = ({ certificate, key }: Certificate) =>
  portOf(createServer({ cert: certificate, key }, (_request, response) => void response.writeHead(204).end()));

const ports = {
  good: await serve(makeCertificate('good', authority)),
  'certificate-of-another-name': await serve(makeCertificate('other', authority, { host: 'example.org' })),
  'certificate-expired': await serve(makeCertificate('old', authority, { days: -1 })),
  'issuer-unknown': await serve(makeCertificate('stranger', makeCertificate('another authority'))),
  'tls-failed': await portOf(createPlainServer((socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n'))),
};

eachEngine('a receiver with an authority of its own', (engine) => {
  it('is told where its certificate holds, and the log says why where it does not', async () => {
    const database = await engine.open();
    const logged: string[] = [];
    const log = (line: object) => void logged.push(JSON.stringify(line));
    const attempts: string[] = [];
    const open = (authorities: string | undefined) =>
      openWebhooks({
        key: new Uint8Array(32),
        database,
        clock: () => AT,
        now: () => performance.now(),
        random: randomBytes,
        isPrivateAllowed: true,
        authorities,
        version: '0',
        logger: { info: log, warn: log, error: log } as never,
        attemptDone: (outcome) => void attempts.push(outcome),
        pollMs: 10,
      });
    const { subscriptions } = open(undefined);
    const deliver = async (authorities: string | undefined, names: readonly (keyof typeof ports)[]) => {
      const ids = [];
      for (const name of names) {
        const url = `https://127.0.0.1:${ports[name]}/events`;
        const made = await subscriptions.create({ name, url, events: ['list.published'] });
        if (made === 'full') throw new Error('full');
        ids.push(made.webhook.id);
      }
      const version = attempts.length + 1;
      await database.inTransaction((transaction) =>
        publish(transaction, { type: 'list.published', subject: 'deny', data: { list: 'deny', version }, at: AT }),
      );
      const before = attempts.length;
      const deliverer = open(authorities).start();
      while (attempts.length < before + names.length) await new Promise((resolve) => setTimeout(resolve, 10));
      await deliverer.stop();
      const found = [];
      for (const webhookId of ids) {
        const [delivery] = await readDeliveries(database.kysely, { webhookId, limit: 10 });
        const [attempt] = delivery!.attempts;
        found.push([attempt?.outcome, attempt?.reason]);
        await subscriptions.remove(webhookId);
      }
      return found;
    };
    const names = Object.keys(ports) as (keyof typeof ports)[];
    expect(await deliver(authority.certificate, names)).toEqual([
      ['delivered', undefined],
      ...names.slice(1).map((reason) => ['certificate-refused', reason]),
    ]);
    expect(logged.join()).toContain('"reason":"certificate-expired"');
    expect(await deliver(undefined, ['good'])).toEqual([['certificate-refused', 'issuer-unknown']]);
  });
});
