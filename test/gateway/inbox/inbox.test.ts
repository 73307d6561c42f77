import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { type InboxOptions, openInbox } from '../../../src/gateway/inbox/index.js';
import { realMoves } from '../../../src/gateway/inbox/take-file.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import { startScheduler } from '../../../src/gateway/jobs/index.js';
import { openBooks } from '../../../src/gateway/open-books.js';
import { type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { startGatewayProcess } from '../http/gateway-process.js';
import { campaigns, intakeOver, metroRide, tariff } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { caKeys } from '../support/card-in-pocket.js';

const [entry, exit] = await metroRide();
const OPERATOR = entry.operator;
const toText = (records: readonly unknown[]) => records.map((each) => `${JSON.stringify(each)}\n`).join('');
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...entry, terminal: 'many', sequence: n + 1 }));

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-inbox-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function newDatabase(): Promise<GatewayDatabase> {
  const database = await openDatabase({ dataFolder: newFolder() });
  cleanUps.push(() => database.close());
  return database;
}

const database = await newDatabase();
const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const never = new AbortController().signal;

/** An inbox whose time passes as the test says. */
async function inboxOver(more: Partial<InboxOptions> = {}) {
  const folder = more.folder ?? newFolder();
  mkdirSync(join(folder, OPERATOR), { recursive: true });
  let time = 0;
  const outcomes: string[] = [];
  const job = await openInbox({
    folder,
    intake: intakeOver((more.database as GatewayDatabase) ?? database),
    metrics: { tapAnswered: () => {} },
    database,
    clock: () => new Date('2015-10-06T12:00:00+08:00'),
    random: randomBytes,
    now: () => time,
    logger: silent,
    fileDone: (outcome) => outcomes.push(outcome),
    ...more,
  });
  const place = (name: string) => join(folder, OPERATOR, name);
  return {
    folder,
    outcomes,
    drop: (name: string, content: string | Uint8Array) => writeFileSync(place(name), content),
    place,
    list: (name = '') => readdirSync(place(name)).sort(),
    answers: (outcome: string) =>
      readdirSync(place(outcome))
        .filter((each) => each.endsWith('.answers'))
        .map((each) =>
          readFileSync(join(place(outcome), each), 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line)),
        ),
    async look(seconds = 4, signal: AbortSignal = never) {
      time += seconds * 1000;
      await job.run(signal);
    },
    async settle() {
      for (let n = 0; n < 3; n++) await this.look(31);
    },
  };
}

it('takes in what others drop where the folder of one operator cannot be read, and tells of it once', async () => {
  // Whoever runs the tests may read every folder but one whose path is longer than the system takes.
  const folder = join(newFolder(), ...Array.from({ length: 15 }, () => 'd'.repeat(255)));
  mkdirSync(folder, { recursive: true });
  const unreadable = 'a'.repeat(255);
  const here = (command: string) => execFileSync(command, [unreadable], { cwd: folder });
  here('mkdir');
  cleanUps.push(() => here('rmdir'));
  const told: unknown[] = [];
  const logger = { ...silent, error: (about: object) => told.push(about) } as unknown as InboxOptions['logger'];
  const inbox = await inboxOver({ folder, logger, database: await newDatabase() });
  inbox.drop('a.ndjson', toText([entry]));
  await inbox.settle();
  expect(inbox.outcomes).toEqual(['done']);
  expect(told).toMatchObject([{ operator: unreadable, err: { code: 'ENAMETOOLONG' } }]);
});

it('takes files in when they are quiet, and answers each line beside them', async () => {
  const told: (readonly [string, unknown])[] = [];
  const tell = (level: string) => (about: object) => told.push([level, about]);
  const logger = { info: tell('info'), warn: tell('warn'), error: tell('error') } as unknown as InboxOptions['logger'];
  const inbox = await inboxOver({ logger });
  inbox.drop('a.ndjson', toText([entry, { ...exit, operator: 'ningbo-bus' }, '{']).concat('{'));
  inbox.drop('b.jsonl.gz', gzipSync(toText([exit])));
  inbox.drop('.c.ndjson', 'not yet');
  inbox.drop('d.ndjson.part', 'not yet');
  inbox.drop('empty.ndjson', '');
  symlinkSync('/etc/hostname', inbox.place('link.ndjson'));
  await inbox.look();
  await inbox.look(2);
  expect(inbox.list()).toContain('a.ndjson');
  inbox.drop('e.ndjson', toText([entry]));
  await inbox.look();
  expect(inbox.list()).toEqual(['.c.ndjson', 'd.ndjson.part', 'done', 'e.ndjson', 'link.ndjson']);
  expect(inbox.answers('done')).toMatchObject([
    [
      { index: 0, status: 201, result: 'created' },
      { index: 1, status: 403, code: 'operator-mismatch' },
      { index: 2, status: 400, code: 'request-invalid' },
      { index: 3, status: 400, code: 'body-not-json' },
    ],
    [{ index: 0, status: 201, receipt: { journey: { status: 'complete' } } }],
    [],
  ]);
  expect(inbox.outcomes).toEqual(['done', 'done', 'done']);
  // Only here does anybody hear of lines that were no records.
  expect(told).toMatchObject([
    ['warn', { file: 'a.ndjson', outcome: 'done', lines: 4, created: 1, invalid: 3 }],
    ['info', { file: 'b.jsonl.gz', outcome: 'done', lines: 1, created: 1 }],
    ['info', { file: 'empty.ndjson', outcome: 'done', lines: 0 }],
  ]);
});

it('takes names in capitals, and tells once of a file that lies in nobody’s folder', async () => {
  const told: unknown[] = [];
  const logger = { ...silent, warn: (about: object) => told.push(about) } as unknown as InboxOptions['logger'];
  const inbox = await inboxOver({ logger });
  inbox.drop('UP.NDJSON', toText([{ ...entry, terminal: 'capitals' }]));
  inbox.drop('UP.JSONL.GZ', gzipSync(toText([{ ...entry, terminal: 'capitals', sequence: 2 }])));
  const nobodys = join(inbox.folder, 'day.ndjson');
  writeFileSync(nobodys, toText([entry]));
  await inbox.settle();
  expect(inbox.outcomes).toEqual(['done', 'done']);
  expect(inbox.list()).toEqual(['done']);
  expect(inbox.list('done').filter((name) => /^UP\.\d{8}T\d{9}Z\.(NDJSON|JSONL\.GZ)$/.test(name))).toHaveLength(2);
  expect(told).toEqual([{ file: 'day.ndjson' }]);
  rmSync(nobodys);
  await inbox.look();
  writeFileSync(nobodys, '');
  await inbox.look();
  expect(told).toHaveLength(2);
});

it('takes files whose names are as long as a disk takes them, and tells them apart', async () => {
  const inbox = await inboxOver();
  const names = ['a', 'b'].map((last) => `${'宁'.repeat(80)}${last}.ndjson`);
  for (const [index, name] of names.entries()) {
    inbox.drop(name, toText([{ ...entry, terminal: 'long', sequence: index + 1 }]));
    utimesSync(inbox.place(name), 1_443_800_000, 1_443_800_000);
  }
  await inbox.look();
  await inbox.look();
  expect(inbox.outcomes).toEqual(['done', 'done']);
  expect(inbox.list()).toEqual(['done']);
  expect(inbox.answers('done').map((lines) => lines.length)).toEqual([1, 1]);
  expect(inbox.list('done').filter((name) => name.startsWith('宁'.repeat(50)))).toHaveLength(4);
});

it('sets aside what cannot be unpacked, and keeps what could be read of it', async () => {
  const inbox = await inboxOver();
  inbox.drop(
    'torn.ndjson.gz',
    gzipSync(toText(many(300).map((each) => ({ ...each, terminal: 'torn' })))).subarray(0, -20),
  );
  await inbox.settle();
  const [lines] = inbox.answers('failed');
  expect(lines!.at(-1)).toMatchObject({ status: 400, code: 'encoding-invalid' });
  expect(lines!.length).toBeGreaterThan(200);
  expect(inbox.list()).toEqual(['failed']);
});

it.each([
  ['before the answers have their name', 0, false],
  ['after the answers have their name', 0, true],
  ['before the file is moved', 1, false],
  ['after the file is moved', 1, true],
])('goes on when it ended %s, without loss or doubling', async (what, step, isAfter) => {
  const folder = newFolder();
  let count = 0;
  const moves = {
    async rename(from: string, to: string) {
      const isHere = count++ === step;
      if (isHere && !isAfter) throw new Error('killed');
      await realMoves.rename(from, to);
      if (isHere) throw new Error('killed');
    },
  };
  const records = many(250).map((each) => ({ ...each, terminal: what.replaceAll(' ', '-') }));
  const first = await inboxOver({ folder, moves });
  first.drop('a.ndjson', toText(records));
  await first.look();
  await first.look();
  const second = await inboxOver({ folder });
  await second.settle();
  expect(second.list()).toEqual(['done']);
  expect(second.list('done')).toHaveLength(2);
  expect(second.answers('done')[0]!.map(({ index }) => index)).toEqual(records.map((_, index) => index));
  const { terminal } = records[0]!;
  const taps = await database.kysely.selectFrom('taps').select('id').where('terminal', '=', terminal).execute();
  expect(taps).toHaveLength(250);
});

it('waits for a database that keeps nothing, and for a stop in the middle', async () => {
  let isFull = true;
  const full = new Error('full');
  const intake = intakeOver(database);
  const inbox = await inboxOver({
    intake: { ...intake, accept: (tap) => (isFull ? Promise.reject(full) : intake.accept(tap)) },
    database: { failureOf: (error) => (error === full ? 'database-full' : undefined) },
  });
  inbox.drop('a.ndjson', toText(many(500).map((each) => ({ ...each, terminal: 'full' }))));
  await inbox.look();
  await inbox.look();
  expect(inbox.list()).toEqual(['a.ndjson']);
  expect(inbox.outcomes).toEqual(['postponed']);
  isFull = false;
  await inbox.look(31, AbortSignal.abort());
  expect(inbox.list()).toEqual(['a.ndjson']);
  await inbox.look();
  expect(inbox.answers('done')[0]).toHaveLength(500);
  // The same name again, and other content.
  await setTimeout(5);
  inbox.drop('a.ndjson', toText([{ ...entry, terminal: 'again' }]));
  await inbox.settle();
  expect(inbox.list('done')).toHaveLength(4);
});

eachEngine('an inbox', (engine) => {
  it('outlives kill -9 in the middle of a file, and two that watch the folder then finish it once', async () => {
    const [folder, dataFolder, place] = [newFolder(), newFolder(), await engine.newEmptyLocation()];
    const databaseUrl = 'databaseUrl' in place ? place.databaseUrl : undefined;
    const own = join(folder, OPERATOR);
    mkdirSync(own);
    writeFileSync(join(own, 'day.ndjson'), toText(many(3000)));
    const { child } = await startGatewayProcess(dataFolder, [
      ...['--log-level', 'warn', '--inbox', folder],
      ...(databaseUrl === undefined ? [] : ['--database', databaseUrl]),
    ]);
    const draft = () => readdirSync(own).find((each) => each.endsWith('.draft'));
    for (let size = 0; size === 0; await setTimeout(20)) {
      const name = draft();
      if (name !== undefined) size = statSync(join(own, name)).size;
    }
    child.kill('SIGKILL');
    await setTimeout(100);
    expect(readdirSync(own)).toContain('day.ndjson');
    const outcomes: string[] = [];
    const clock = () => new Date(Date.now() + 120_000);
    const location = { dataFolder, databaseUrl, masterKey: undefined, sandbox: false };
    const now = () => performance.now() * 10;
    const watchers = [];
    for (let n = 0; n < 2; n++) {
      const { keys, database: books } = await openBooks(location, randomBytes);
      cleanUps.push(() => books.close());
      const intake = createIntake({
        ...keys,
        database: books,
        caKeys,
        tariff,
        campaigns,
        clock,
        readFareCards: async () => new Map(),
      });
      const fileDone = (outcome: string) => outcomes.push(outcome);
      const shared = { database: books, clock, random: randomBytes, now, logger: silent };
      const job = await openInbox({ ...shared, folder, intake, metrics: { tapAnswered: () => {} }, fileDone });
      watchers.push({ books, scheduler: startScheduler([job], { ...shared, jobDone: () => {} }) });
    }
    while (readdirSync(own).join() !== 'done') await setTimeout(50);
    await Promise.all(watchers.map(({ scheduler }) => scheduler.stop()));
    expect(outcomes).toEqual(['done']);
    const [answers] = readdirSync(join(own, 'done')).filter((each) => each.endsWith('.answers'));
    const lines = readFileSync(join(own, 'done', answers!), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).index)).toEqual(many(3000).map((_, index) => index));
    const results = new Set(lines.map((line) => JSON.parse(line).result));
    expect([...results].sort()).toEqual(['exists', 'refused']);
    const taps = await watchers[0]!.books.kysely.selectFrom('taps').select('id').execute();
    expect(taps).toHaveLength(3000);
  }, 45_000);
});
