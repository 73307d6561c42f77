import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Response } from 'express';
import { expect, it } from 'vitest';
import { answerFile } from '../../../src/gateway/http/answer-file.js';
import { closeAtEnd } from '../../support/at-end.js';

const TEXT = 'x'.repeat(256 * 1024);
const TEXTS = 60;

/** What a reader gets of a file of 15 MiB, and what the server has seen meanwhile. */
async function serve(read: (answer: IncomingMessage) => Promise<void>) {
  const seen = { sent: 0, listeners: 0 };
  let writing: Promise<unknown> | undefined;
  const app = express().get('/', (_request, response: Response) => {
    const usual = response.listenerCount('close');
    writing = answerFile(response, { name: 'a.csv', mediaType: 'text/csv', sha256: 'ff' }, async (send) => {
      while (seen.sent < TEXTS && (await send(TEXT))) {
        seen.sent++;
        seen.listeners = Math.max(seen.listeners, response.listenerCount('close') - usual);
      }
    });
  });
  const server: Server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAtEnd(() => void server.close());
  const [answer] = (await once(get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), 'response')) as [
    IncomingMessage,
  ];
  await read(answer);
  await writing;
  return { seen, headers: answer.headers };
}

it('a file is answered whole to whoever reads, and waits with one listener', async () => {
  let bytes = 0;
  const { seen, headers } = await serve(async (answer) => {
    for await (const chunk of answer) bytes += (chunk as Buffer).length;
  });
  expect(bytes).toBe(TEXTS * TEXT.length);
  expect(seen.sent).toBe(TEXTS);
  expect(seen.listeners).toBeLessThanOrEqual(2);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="a.csv"',
    digest: 'sha-256=/w==',
  });
});

it('a file is given up when its reader goes', async () => {
  const { seen } = await serve(async (answer) => {
    await once(answer, 'readable');
    answer.destroy();
  });
  expect(seen.sent).toBeLessThan(TEXTS);
});
