import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createLogger, startGateway } from '../../../src/gateway/index.js';
import { closeAtEnd } from '../../support/at-end.js';
import { newBooksFolder } from '../../support/books-folder.js';
import { caKeys } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const taken = async () => ({ port: Number(new URL((await openGateway()).url).port) });
const noFolder = async () => ({ inbox: fileURLToPath(import.meta.url) });

it.each([
  ['it cannot listen', taken, 'EADDRINUSE'],
  ['its inbox is no folder', noFolder, 'EEXIST'],
])('leaves no thread behind where %s', async (_, hindrance, code) => {
  const dataFolder = newBooksFolder('failed-start');
  closeAtEnd(async () => rmSync(dataFolder, { recursive: true, force: true }));
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  const starting = startGateway({
    dataFolder,
    port: 0,
    ...(await hindrance()),
    clock: () => new Date(),
    random: randomBytes,
    caKeys,
    logger: createLogger(new Writable({ write: (_line, _encoding, done) => done() }), 'error'),
    version: '0.0.0',
    examinerThreads: 1,
    keeperThread: 'own',
  });
  await expect(starting).rejects.toMatchObject({ code });
  process.off('worker', remember);
  expect(workers.length).toBeGreaterThanOrEqual(2);
  expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1));
});
