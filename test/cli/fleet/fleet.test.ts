import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FleetResult, FleetSummary } from '../../../src/cli/fleet/run-fleet.js';
import type { TapRecord } from '../../../src/tap/index.js';
import {
  bin,
  environment,
  type RunningGateway,
  startGatewayProcess,
  startYongtap,
  temporaryFolder,
  yongtap,
} from '../support/yongtap.js';

const cwd = temporaryFolder();
/** Much goes wrong, and few keys are made. */
const day = ['fleet', '--cards', '60', '--taps', '400', '--seed', '7', '--keys', '4'];
const bad = ['--share', 'late=0.1,doubled=0.05,conflicting=0.03,forged=0.08,lost=0.1,torn=0.08,missing=0.1'];

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
});
afterAll(() => gateway.end('SIGKILL'));

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(cwd, folder)).map((name) => [name, readFileSync(join(cwd, folder, name), 'utf8')]),
  );

async function rideTo(folder: string, workers: number): Promise<Record<string, string>> {
  const { code, stderr } = await yongtap([...day, ...bad, '--workers', String(workers), '--out', folder], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return filesOf(folder);
}

it('the same seed gives the same bytes, whatever the number of threads', async () => {
  const [one, three] = [await rideTo('one', 1), await rideTo('three', 3)];
  expect(Object.keys(one)).toEqual(Object.keys(three));
  for (const [name, text] of Object.entries(one)) expect(three[name] === text, name).toBe(true);
}, 90_000);

it('the files hold what the summary says', () => {
  const files = filesOf('one');
  const { expected, terminals, members } = JSON.parse(files['summary.json']!) as FleetSummary;
  const lines = (name: string) => files[name]!.trim().split('\n');
  const records = Object.keys(files)
    .filter((name) => name.startsWith('taps-'))
    .flatMap(lines)
    .map((line) => JSON.parse(line) as TapRecord);
  expect(records).toHaveLength(expected.uploads);
  const identities = new Set(records.map(({ operator, terminal, sequence }) => `${operator} ${terminal} ${sequence}`));
  expect(identities.size).toBe(terminals.accepted! + terminals.forged!);
  expect(lines('expected.ndjson')).toHaveLength(expected.uploads - expected.created);
  expect(JSON.parse(files['members.json']!)).toHaveLength(members.members);
  expect(terminals.presentations).toBe(400 + terminals['presented-again']!);
  for (const count of [expected.exists, expected.conflict, expected.refusedByCode['card-lost']]) {
    expect(count).toBeGreaterThan(0);
  }
});

it('a gateway that is handed the day answers as it must, and once more changes nothing', async () => {
  const post = async () => {
    const { code, stdout, stderr } = await yongtap([...day, ...bad, '--post', gateway.url, '--json'], {
      cwd,
      env: { YONGTAP_KEY: gateway.key },
    });
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as FleetResult;
  };
  const first = await post();
  const { expected } = JSON.parse(readFileSync(join(cwd, 'one', 'summary.json'), 'utf8')) as FleetSummary;
  expect(first.answers).toEqual(expected);
  expect(first.surprises).toEqual([]);
  const charges = async () => {
    const headers = { authorization: `Bearer ${gateway.key}` };
    return (await fetch(`${gateway.url}/v1/charges?limit=1000`, { headers })).text();
  };
  const booked = await charges();
  const { answers } = await post();
  expect(answers).toMatchObject({
    created: 0,
    exists: expected.created + expected.exists,
    conflict: expected.conflict,
  });
  expect(await charges()).toBe(booked);
}, 90_000);

it('a gateway that answers otherwise is told, with exit code 1', async () => {
  const strict = await startGatewayProcess({ cwd }, ['--data', join(cwd, 'strict'), '--no-test-cards']);
  try {
    const { code, stdout } = await yongtap(
      ['fleet', '--cards', '4', '--taps', '20', '--keys', '1', '--post', strict.url, '--key', strict.key],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('otherwise');
    expect(stdout).toContain('refused: ca-key-missing');
  } finally {
    await strict.end('SIGKILL');
  }
});

it.each([
  [['--taps', '5000', '--cards', '10', '--out', 'x'], 'fleet-too-large'],
  [['--taps', '5', '--cards', '100001', '--out', 'x'], 'fleet-too-large'],
  [['--taps', '5', '--cards', '1'], 'target-unclear'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--post', 'http://127.0.0.1:1'], 'target-unclear'],
  [['--taps', '5', '--cards', '1', '--post', 'http://127.0.0.1:1'], 'key-missing'],
  [['--taps', '5', '--cards', '1', '--out', 'full'], 'folder-not-empty'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--share', 'late=2'], 'share-invalid'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--share', 'rain=0.1'], 'share-invalid'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--share', 'late=0.1=0.2'], 'share-invalid'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--share', 'late=0.6,doubled=0.5'], 'share-invalid'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--day', '2015-02-30'], 'date-invalid'],
  [['--taps', '5', '--cards', '1', '--out', 'x', '--workers', '129'], 'wrong-use'],
  [['--taps', 'many', '--cards', '1', '--out', 'x'], 'wrong-use'],
])('%j: %s', async (options, code) => {
  mkdirSync(join(cwd, 'full'), { recursive: true });
  writeFileSync(join(cwd, 'full', 'file'), '');
  const ended = await yongtap(['fleet', ...options, '--json'], { cwd });
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code } });
});

it('a gateway that does not answer is told, and nothing is left behind', async () => {
  const options = ['fleet', '--cards', '1', '--taps', '2', '--keys', '1', '--post', 'http://127.0.0.1:1', '--key', 'k'];
  const { code, stderr } = await yongtap(options, { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain('[gateway-unreachable]');
  expect(readdirSync(cwd).filter((name) => name.startsWith('yongtap-fleet-'))).toEqual([]);
});

it('where a file finds no room it is named, and no part of a day is left', async () => {
  const fleet = ['fleet', '--cards', '1', '--taps', '20', '--keys', '1', '--workers', '1', '--out', 'small-disk'];
  const line = 'ulimit -f 4; exec "$0" "$@"';
  const child = spawn('bash', ['-c', line, process.execPath, bin, ...fleet], { cwd, env: environment({ cwd }) });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  const said = expect.stringMatching(/EFBIG.*yongtap-fleet-.*ulimit -f/s);
  expect({ code, stderr }).toEqual({ code: 2, stderr: said });
  expect(readdirSync(join(cwd, 'small-disk'))).toEqual([]);
});

it('Ctrl-C ends it and leaves no temporary files', async () => {
  const child = startYongtap(['fleet', '--cards', '2000', '--taps', '40000', '--out', 'called-off'], { cwd });
  const isRiding = () => readdirSync(cwd).some((name) => name.startsWith('yongtap-fleet-'));
  while (!isRiding()) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(isRiding()).toBe(false);
});
