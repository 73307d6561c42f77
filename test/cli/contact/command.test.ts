import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasProgram } from '../support/has-program.js';
import {
  bin,
  environment,
  type RunningIssuer,
  startIssuerProcess,
  temporaryFolder,
  yongtap,
} from '../support/yongtap.js';

const PAN = '6228000100000000017';
const PIN = '123456';
const cwd = temporaryFolder();
const recording = join(cwd, 'visits.json');
let issuer: RunningIssuer;

beforeAll(async () => {
  issuer = await startIssuerProcess({ cwd });
});
afterAll(() => issuer.end('SIGKILL'));

const visit = (...options: string[]) =>
  yongtap(['tap', '--interface', 'contact', '--card', 'service-card-51', '--record', recording, ...options], {
    cwd,
    env: { YONGTAP_ISSUER_KEY: issuer.key! },
  });

/** Of the card's purse, fen. */
async function purseOf(): Promise<number> {
  const { stdout } = await yongtap(['card', 'show', 'service-card-51', '--json'], { cwd });
  return JSON.parse(stdout).applications[0].purse.balanceFen;
}

test('a load over HTTP raises 9F79 on the card, and the account has the rest', async () => {
  const load = await visit('--type', 'load', '--amount', '50', '--pin', PIN, '--issuer', issuer.url, '--json');
  expect(load.code, load.stderr).toBe(0);
  expect(JSON.parse(load.stdout)).toMatchObject({
    type: 'load',
    accepted: true,
    pan: '622800*********0017',
    outcome: 'approved-online',
    electronicCashFen: 15_000,
    isConfirmed: true,
    issuer: { decision: 'approved', orders: [{ kind: 'load-purse', balanceFen: 15_000, amountFen: 5_000 }] },
    terminalVerificationResults: { value: '0000000000' },
    scriptResults: [expect.stringMatching(/^20/)],
  });
  expect(load.stdout).not.toMatch(new RegExp(`${PAN}|${PIN}F`));
  expect(await purseOf()).toBe(15_000);
  const headers = { authorization: `Bearer ${issuer.key}` };
  const { accounts } = (await (await fetch(`${issuer.url}/v1/accounts`, { headers })).json()) as {
    accounts: readonly { availableFen: number }[];
  };
  expect(accounts.map(({ availableFen }) => availableFen)).toEqual([995_000]);
});

test('people are told the decision, what was found bit by bit, and get a receipt', async () => {
  const { code, stdout } = await visit('--amount', '300', '--pin', PIN, '--issuer', issuer.url);
  expect(code).toBe(0);
  expect(stdout).toContain('transaction exceeds floor limit');
  expect(stdout).toMatch(/checks request, cryptogram, .*load/);
  expect(stdout).toMatch(/amount +300\.00 yuan/);
  expect(stdout).toMatch(/cryptogram +TC [0-9A-F]{16}, ATC \d+/);
  const traced = await visit('--amount', '2', '--pin', PIN, '--trace', '--lang', 'zh', '--issuer', issuer.url);
  expect(traced.stdout).toMatch(/GENERATE AC TC/);
  expect(traced.stdout).toMatch(/电子现金余额 +148\.00 元/);
  expect(traced.stdout).not.toMatch(new RegExp(`${PAN}|26${PIN}`));
});

test('a wrong key, no issuer, and no PIN are told with what to do', async () => {
  const wrong = await visit('--amount', '300', '--pin', PIN, '--issuer', issuer.url, '--issuer-key', 'wrong');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('[issuer-refused]') });
  expect(wrong.stderr).toContain('--issuer-key');
  expect(wrong.stdout).toMatch(/declined.*\n.*issuer does not answer this terminal: .*\(Z3\)/);
  const alone = await visit('--amount', '300', '--pin', PIN, '--issuer', 'http://127.0.0.1:9');
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('does not answer') });
  expect(alone.stdout).toContain('Z3');
  const silent = await visit('--amount', '300');
  expect(silent).toMatchObject({ code: 1, stderr: expect.stringContaining('--pin gives it') });
  expect(silent.stdout).toContain('PIN was not entered');
});

test('what makes no sense over contact is refused before a card is asked for anything', async () => {
  const { code, stderr } = await visit('--event', 'entry');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/passes no gate/) });
});

test('a PIN in the environment does a tap no harm', async () => {
  const { code } = await yongtap(['tap', '--card', 'service-card-51'], { cwd, env: { YONGTAP_PIN: PIN } });
  expect(code).toBe(0);
});

test('every visit was recorded, replays, and tells of the PIN only how long it is', async () => {
  const { code, stdout } = await yongtap(['replay', recording], { cwd });
  expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, last: '6 passed, 0 failed' });
  const text = readFileSync(recording, 'utf8');
  expect(text).toContain('"command": "002000800826000000FFFFFFFF"');
  expect(text).not.toContain(PIN);
  expect(statSync(recording).mode & 0o777).toBe(0o600);
});

test.runIf(hasProgram('script'))('at a terminal the PIN is asked for, and not shown', async () => {
  const line = 'tap --interface contact --card service-card-51 --amount 400 --issuer simulator';
  const child = spawn('script', ['-qec', `'${process.execPath}' '${bin}' ${line}`, '/dev/null'], {
    cwd,
    env: environment({ cwd }),
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!shown.includes('over): ') && (shown + text).includes('over): ')) child.stdin.write(`9\u007f${PIN}\r`);
    shown += text;
  });
  const [code] = await once(child, 'close');
  expect(shown).toContain('PIN (offline, 3 tries left; Enter passes it over): ');
  expect(code, shown).toBe(0);
  expect(shown).not.toContain(PIN);
});

test('the log of the issuer names no card by its number, and it ends in peace', async () => {
  expect(await issuer.end('SIGTERM')).toBe(0);
  expect(issuer.log()).toContain('"operation":"authorize"');
  expect(issuer.log()).toContain('622800*********0017');
  expect(issuer.log()).not.toMatch(new RegExp(`${PAN}|${issuer.key}`));
  const again = await startIssuerProcess({ cwd }, ['--log-level', 'silent']);
  expect(again.key, 'the key is told once').toBeUndefined();
  await again.end('SIGTERM');
});

test('a load that the card refuses is told as that, though the issuer had approved it', async () => {
  const before = await purseOf();
  const { code, stdout } = await yongtap(
    ['tap', '--interface', 'contact', '--card', 'service-card-51', '--type', 'load', '--amount', '5000'].concat([
      '--pin',
      PIN,
      '--issuer',
      'simulator',
    ]),
    { cwd },
  );
  expect(code).toBe(1);
  expect(stdout).toMatch(/Not approved[^\n]*\n {2}the card did not carry out the load/);
  expect(await purseOf()).toBe(before);
});
