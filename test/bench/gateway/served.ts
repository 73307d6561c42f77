import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fillBooks } from './fill-books.js';
import type { Order, Started } from './serve.js';

export const CONNECTIONS = 50;

/** A server in a process of its own. */
export interface Served extends Started {
  readonly child: ChildProcess;
  readonly agent: Agent;
}

export interface ServeOptions {
  /** How many taps, and a tenth as many members, are in its books before. */
  readonly stored?: number;
  /** Keeps its books in PostgreSQL. */
  readonly databaseUrl?: string;
}

/** `program`: the built serve.ts. `folder`: in which it has a data folder of its own. */
export async function serve(
  program: string,
  start: Order['start'],
  folder: string,
  { stored = 0, databaseUrl }: ServeOptions = {},
): Promise<Served> {
  const dataFolder = mkdtempSync(join(folder, `${start}-`));
  if (stored > 0) await fillBooks(dataFolder, { taps: stored, members: Math.ceil(stored / 10) });
  const child = fork(program);
  await once(child, 'message');
  child.send({ start, location: { dataFolder, ...(databaseUrl !== undefined && { databaseUrl }) } } satisfies Order);
  const [started] = (await once(child, 'message')) as [Started];
  const served = { ...started, child, agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }) };
  if (stored > 0) await untilJobsRan(served);
  return served;
}

/** Beside taps all jobs of a gateway that starts would be measured as well: with a million members, their lists. */
async function untilJobsRan({ url, key }: Started): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  for (;;) {
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    const isDone = (job: string) => metrics.includes(`yongtap_job_duration_seconds_count{job="${job}",outcome="done"}`);
    if (['survey-terminals', 'publish-deny-list', 'publish-other-lists'].every(isDone)) return;
    await setTimeout(1000);
  }
}

/** Processor time that it has spent so far, in milliseconds. */
export async function spentMs({ child }: Served): Promise<number> {
  child.send('spent');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}

export function stop({ child, agent }: Served): void {
  agent.destroy();
  child.kill('SIGKILL');
}

/** Throws where the answer is no success. */
export function post({ url, key, agent }: Served, path: string, type: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type, 'content-length': body.length };
    const outgoing = request(url + path, { method: 'POST', agent, headers }, (answer) => {
      text(answer).then((said) => {
        if (answer.statusCode! < 300) resolve(said);
        else reject(new Error(`answered ${answer.statusCode}: ${said}`));
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** One by one over all connections. Gives how long each took, in milliseconds. */
export async function postSingly(served: Served, taps: readonly Buffer[]): Promise<number[]> {
  const latenciesMs: number[] = [];
  let next = 0;
  const connection = async () => {
    while (next < taps.length) {
      const body = taps[next++]!;
      const sentAt = performance.now();
      await post(served, '/v1/taps', 'application/json', body);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return latenciesMs;
}

/** Throws where one of them is not taken. */
export async function postBatch(served: Served, taps: readonly Buffer[]): Promise<undefined> {
  const body = Buffer.from(taps.join('\n'));
  const answer = await post(served, '/v1/taps/batches', 'application/x-ndjson', body);
  const taken = answer.split('"status":201').length - 1;
  if (taken !== taps.length) throw new Error(`${taken} of ${taps.length} taken`);
}
