import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testCaKeys } from '../../../simulator/index.js';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { type BuiltProgram, buildProgram } from '../../support/build-program.js';
import { pki } from '../../terminal/tap/tap-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { entriesOf, intakeOver, tokenKey } from './intake-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-processes-'));
let program: BuiltProgram;

beforeAll(async () => {
  program = await buildProgram('test/gateway/intake/post-taps.ts');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly index: number;
  readonly result: string;
  readonly id: string;
  readonly receipt: unknown;
}

interface Poster {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly answers: Answer[];
}

let posters = 0;

/** Starts a process that has opened the books and waits for the signal to post. */
async function startPoster(location: DatabaseLocation, taps: readonly TapRecord[]): Promise<Poster> {
  const orders = join(folder, `orders-${++posters}.json`);
  const content = { location, keys: testCaKeys(pki), tokenKey: Buffer.from(tokenKey).toString('hex'), taps };
  writeFileSync(orders, JSON.stringify(content));
  const child = spawn(process.execPath, [program.path, orders], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {});
  const answers: Answer[] = [];
  let rest = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const line of lines) {
        if (line === 'ready') resolve();
        else answers.push(JSON.parse(line));
      }
    });
  });
  await Promise.race([ready, once(child, 'close')]);
  return { child, answers };
}

/** 6 cards with 20 rides each: more than one commit, and every card in each of them. */
async function manyRides(): Promise<TapRecord[]> {
  const pans = ['017', '124', '132', '140', '157', '165'].map((end) => `6228000100000000${end}`);
  const taps: TapRecord[] = [];
  for (const pan of pans) {
    const card = cardInPocket('service-card-51', { pan });
    for (let ride = 0; ride < 20; ride++) {
      const tap = await card.tapAt('bus-validator', {
        at: `2015-10-03T${10 + Math.floor(ride / 4)}:${10 + (ride % 4) * 10}:00+08:00`,
      });
      taps.push({ ...tap, sequence: taps.length + 1 });
    }
  }
  return taps;
}

const taps = await manyRides();

eachEngine('several processes', (engine) => {
  it('that post the same taps at once agree on one answer to each, and book it once', async () => {
    const location = await engine.newLocation();
    const processes = await Promise.all([0, 1, 2].map((turn) => startPoster(location, rotated(taps, turn * 17))));
    const ended = processes.map(({ child }) => once(child, 'close'));
    for (const { child } of processes) child.stdin.write('go\n');
    for (const [code] of await Promise.all(ended)) expect(code).toBe(0);
    const byId = new Map<string, Answer[]>();
    for (const answer of processes.flatMap(({ answers }) => answers)) {
      byId.set(answer.id, [...(byId.get(answer.id) ?? []), answer]);
    }
    expect(byId.size).toBe(taps.length);
    for (const answers of byId.values()) {
      expect(answers.map(({ result }) => result).sort()).toEqual(['created', 'exists', 'exists']);
      expect(new Set(answers.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
    }
    const intake = intakeOver(await engine.open(location));
    expect((await intake.totals('2015-10-03')).grossFen).toBe(taps.length * 200);
    expect((await intake.exceptions({ limit: 10 })).exceptions).toEqual([]);
  });

  it('killed in the middle keep what they answered, and the next one finishes the work', async () => {
    const location = await engine.newLocation();
    const answered: Answer[] = [];
    for (const lines of [1, 40, 90]) {
      const { child, answers } = await startPoster(location, taps);
      const ended = once(child, 'close');
      child.stdin.write('go\n');
      child.stdout.on('data', () => {
        if (answers.length >= lines) child.kill('SIGKILL');
      });
      await ended;
      answered.push(...answers);
    }
    const intake = intakeOver(await engine.open(location));
    for (const { index, id, receipt } of answered) {
      expect(await intake.accept(taps[index]!)).toEqual({ result: 'exists', id, receipt });
    }
    const results = (await intake.acceptBatch(taps)).map(({ result }) => result);
    expect(results.every((result) => result === 'created' || result === 'exists')).toBe(true);
    expect((await intake.totals('2015-10-03')).grossFen).toBe(taps.length * 200);
    const sumFen = (await entriesOf(intake)).reduce((sum, { amount_fen }) => sum + amount_fen, 0);
    expect(sumFen).toBe(0);
  });
});

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  return [...items.slice(by), ...items.slice(0, by)];
}
