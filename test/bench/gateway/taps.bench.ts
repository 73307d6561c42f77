import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, bench, describe } from 'vitest';
import { verifyEvidence } from '../../../src/gateway/evidence/index.js';
import { createLogger, startGateway } from '../../../src/gateway/index.js';
import { openLibsqlFile } from '../../../src/gateway/storage/libsql/open-file.js';
import { parseTapRecord } from '../../../src/tap/index.js';
import { caKeys } from '../../gateway/support/card-in-pocket.js';
import { manyRides } from './many-rides.js';

const CONNECTIONS = 50;
/** As many as the gateway keeps together of a batch. */
const TOGETHER = 200;
const ROUNDS = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 };

const bodies = (await manyRides()).map((tap) => JSON.stringify(tap));
const batch = bodies.join('\n');
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));

/** One limit: HTTP, the record's schema and the card's signature, and nothing kept. */
const verifying: Server = createServer(async (incoming, outgoing) => {
  const lines = (await text(incoming)).split('\n');
  const answers = lines.map((line) => {
    const parsed = parseTapRecord(JSON.parse(line));
    return JSON.stringify({ ok: parsed.ok && verifyEvidence(parsed.record, { caKeys }).ok });
  });
  outgoing.end(answers.join('\n'));
}).listen(0, '127.0.0.1');
await once(verifying, 'listening');
const verifyingUrl = `http://127.0.0.1:${(verifying.address() as AddressInfo).port}`;

/** The other limit: the same bytes in the same kind of file, durable, and nothing asked. */
const file = await openLibsqlFile(join(folder, 'raw.db'));
file.exec('create table records (body text not null) strict');
const insert = file.prepare('insert into records (body) values (?)');
function insertTogether(size: number): void {
  for (let start = 0; start < bodies.length; start += size) {
    file.exec('begin immediate');
    for (const body of bodies.slice(start, start + size)) insert.run(body);
    file.exec('commit');
  }
}

let started = 0;
const startEmpty = () =>
  startGateway({
    dataFolder: join(folder, String(++started)),
    port: 0,
    clock: () => new Date('2015-10-06T12:00:00+08:00'),
    random: randomBytes,
    caKeys,
    logger: createLogger(process.stderr, 'silent'),
    version: '0.0.0',
  });

/** Empty books for each round: every tap is new to them. */
const empty = await Promise.all(Array.from({ length: 2 * (ROUNDS.iterations + 1) }, startEmpty));
const used: typeof empty = [];
async function nextGateway() {
  const gateway = empty.pop() ?? (await startEmpty());
  used.push(gateway);
  return { url: gateway.url, key: gateway.administratorKey! };
}

afterAll(async () => {
  agent.destroy();
  verifying.close();
  file.close();
  for (const gateway of [...empty, ...used]) await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

function post(url: string, key: string, type: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode! < 300) text(answer).then(resolve, reject);
      else reject(new Error(`answered ${answer.statusCode}`));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function postEach(url: string, key: string): Promise<void> {
  let next = 0;
  const connection = async () => {
    while (next < bodies.length) await post(`${url}/v1/taps`, key, 'application/json', bodies[next++]!);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

async function postBatch(url: string, key: string): Promise<void> {
  const answer = await post(`${url}/v1/taps/batches`, key, 'application/x-ndjson', batch);
  const refused = answer.split('\n').find((line) => line.includes('"status":4'));
  if (refused) throw new Error(refused);
}

const VERIFYING = 'a bare server that verifies them and keeps nothing';

describe(`${bodies.length} taps one by one over ${CONNECTIONS} connections`, () => {
  bench(
    'the gateway',
    async () => {
      const { url, key } = await nextGateway();
      await postEach(url, key);
    },
    ROUNDS,
  );
  bench(VERIFYING, () => postEach(verifyingUrl, 'none'), ROUNDS);
  bench(`raw inserts, ${CONNECTIONS} to a commit`, () => insertTogether(CONNECTIONS), ROUNDS);
});

describe(`${bodies.length} taps as one batch`, () => {
  bench(
    'the gateway',
    async () => {
      const { url, key } = await nextGateway();
      await postBatch(url, key);
    },
    ROUNDS,
  );
  bench(
    VERIFYING,
    async () => {
      await post(verifyingUrl, 'none', 'application/x-ndjson', batch);
    },
    ROUNDS,
  );
  bench(`raw inserts, ${TOGETHER} to a commit`, () => insertTogether(TOGETHER), ROUNDS);
});
