import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasProgram } from '../support/has-program.js';
import { bin, environment, temporaryFolder, yongtap } from '../support/yongtap.js';
import { runInSteps } from '../tap/run-in-steps.js';

const cwd = temporaryFolder();
const PAN = '6228000100000000017';
const CARD = ['--card', 'service-card-51'];
const apdu = (...options: string[]) => yongtap(['apdu', ...options], { cwd });
const BEGIN = ['select ppse', 'select $4F', 'get-processing-options 9F02=000000000200'];

test('commands from the line are sent one after the other and explained by what came before', async () => {
  const { code, stdout, stderr } = await apdu(...BEGIN, 'get-data 9F79', ...CARD);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/SELECT PPSE {2}\d.*\n> 00A40400.*\n< 6F.* 9000 success/);
  expect(stdout).toMatch(/9F02 Amount, Authorised \(Numeric\) {2}000000000200 {2}2\.00 CNY/);
  expect(stdout).toMatch(/9F79 Electronic Cash Balance {2}\d{12} {2}98\.00 CNY/);
});

test('a card number is masked everywhere unless asked for, and a PIN always', async () => {
  const options = [...BEGIN, 'read-record 2 2', 'verify 1357', ...CARD];
  for (const form of [[], ['--json']]) {
    const hidden = await apdu(...options, ...form);
    expect(hidden.stdout).toContain('622800*********0017');
    expect(hidden.stdout).not.toContain(PAN);
    const shown = await apdu(...options, ...form, '--show-pan');
    expect(shown.stdout).toContain(PAN);
    expect(hidden.stdout + shown.stdout).not.toContain('1357');
  }
});

test('an expectation that is not met ends the script with 1, unless it is to go on', async () => {
  const script = ['select ppse', 'expect 6A82', 'select $4F', 'expect *9000'];
  const ended = await apdu(...script, ...CARD, '--json');
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout)).toMatchObject({ passed: 0, failed: 1, exchanges: [{ title: 'SELECT PPSE' }] });
  const went = await apdu(...script, ...CARD, '--keep-going');
  expect(went.code).toBe(1);
  expect(went.stdout).toMatch(/✗ expected 6A82, the answer is 9000 \(success/);
  expect(went.stdout).toMatch(/SELECT A000000333010101[\s\S]*✓ expected \*9000\n\n1 met, 1 not met\n$/);
});

test('a script from a file or the pipe: scriptor’s lines, comments, a reset that makes the card forget', async () => {
  const lines = ['# a script', '00 A4 04 00 0E 32 50 41 59 2E 53 59 53 2E 44 44 46 30 31', 'expect 6F*9000'];
  writeFileSync(
    join(cwd, 'check.apdu'),
    [...lines, 'reset', 'wait 1', 'get-processing-options', 'expect 69??'].join('\n'),
  );
  const { code, stdout } = await apdu('--script', 'check.apdu', ...CARD);
  expect(stdout).toMatch(/RESET {2}3B80800101 {2}a contactless chip card/);
  expect({ code, end: stdout.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, end: '2 met, 0 not met' });
  const piped = await yongtap(['apdu', ...CARD, '--json'], {
    cwd,
    input: readFileSync(join(cwd, 'check.apdu'), 'utf8'),
  });
  expect(JSON.parse(piped.stdout)).toMatchObject({ passed: 2, failed: 0, answerToReset: '3B80800101' });
});

test('a mistake in a script is told with its line before the card is asked for anything', async () => {
  writeFileSync(join(cwd, 'wrong.apdu'), 'select ppse\nget-data 9F7\n');
  const { code, stdout, stderr } = await apdu('--script', 'wrong.apdu', '--card', 'nobody');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/wrong\.apdu, line 2: it is: get-data TAG \[apdu-invalid\]/);
});

test('a conversation is recorded for its owner alone, without the PIN, and explained by decode', async () => {
  await apdu(...BEGIN, 'read-record 2 2', 'verify 1357', ...CARD, '--record', 'kept.json');
  const text = readFileSync(join(cwd, 'kept.json'), 'utf8');
  expect(statSync(join(cwd, 'kept.json')).mode & 0o777).toBe(0o600);
  expect(text).toContain(PAN);
  expect(text).not.toContain('1357');
  const { stdout } = await yongtap(['decode', 'kept.json'], { cwd });
  expect(stdout).toMatch(/5 exchanges[\s\S]*#3 GET PROCESSING OPTIONS .* \d+\.\d ms/);
  expect(await apdu('select ppse', ...CARD, '--record', 'kept.json')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('[record-exists]'),
  });
});

test('a card that is lost on the way is told with the command, and is a no', async () => {
  const { code, stdout, stderr } = await apdu(...BEGIN, ...CARD, '--fault', 'tear@2', '--record', 'torn.json');
  expect(code).toBe(1);
  expect(stdout).toMatch(/SELECT A000000333010101.*\n>.*\n< card-removed\n {2}fault tear@2 at command 2/);
  expect(stderr).toMatch(/\[card-removed\]/);
  const { transcript } = JSON.parse(readFileSync(join(cwd, 'torn.json'), 'utf8'));
  expect(transcript.at(-1)).toMatchObject({ response: '', error: 'card-removed' });
});

test('a value that nobody has said is named, with what was done so far', async () => {
  const { code, stdout, stderr } = await apdu('get-challenge', 'select $9F38', ...CARD);
  expect(code).toBe(2);
  expect(stdout).toContain('GET CHALLENGE');
  expect(stderr).toMatch(/nothing was said of 9F38 so far \[apdu-value-unknown\]/);
});

test('data of VERIFY in a form of its own are recorded as nought as well', async () => {
  await apdu(
    '0020008004 31323334',
    '00200000083132333435363738',
    '0020008008 2113 57FF FFFF FFFF',
    ...CARD,
    '--record',
    'own.json',
  );
  const { transcript } = JSON.parse(readFileSync(join(cwd, 'own.json'), 'utf8'));
  expect(transcript.map(({ command }: { command: string }) => command)).toEqual([
    '002000800400000000',
    '00200000080000000000000000',
    '0020008008210000FFFFFFFFFF',
  ]);
});

test('a recording that cannot be kept in the end is told beside the conversation, which stays one document', async () => {
  symlinkSync('/dev/full', join(cwd, 'full.json'));
  const { code, stdout, stderr } = await apdu('select ppse', ...CARD, '--json', '--record', 'full.json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout).exchanges).toHaveLength(1);
  expect(stderr).toContain('[record-unwritable]');
});

test('a script that is called off has not passed', async () => {
  const run = runInSteps(
    [process.execPath, bin, 'apdu', 'select ppse', 'wait 600000', 'expect 9000', ...CARD],
    environment({ cwd }),
  );
  await run.says(/SELECT PPSE/);
  run.process.kill('SIGINT');
  expect(await run.ended).toBe(1);
  expect(run.output).toContain('[called-off]');
});

describe.runIf(hasProgram('script'))('at a prompt', () => {
  const prompt = (...options: string[]) => {
    const line = [process.execPath, bin, 'apdu', ...CARD, ...options].map((word) => `'${word}'`).join(' ');
    const run = runInSteps(['script', '-qec', line, '/dev/null'], environment({ cwd, env: { TERM: 'xterm' } }), 'pipe');
    return { run, say: (text: string) => run.process.stdin!.write(text) };
  };

  test('lines are taken one by one, mistakes too, until quit', async () => {
    const { run, say } = prompt();
    await run.says(/software card service-card-51[\s\S]*apdu> /);
    say('help\n');
    await run.says(/read-record RECORD FILE[\s\S]*apdu> /);
    say('selct\n');
    await run.says(/selct is neither hex nor a command[\s\S]*apdu> /);
    say('select ppse\n');
    await run.says(/SELECT PPSE[\s\S]*success[\s\S]*apdu> /);
    say('expect 6A82\n');
    await run.says(/✗[\s\S]*apdu> /);
    say('quit\n');
    expect(await run.ended).toBe(0);
  });

  test('a card that has left ends it', async () => {
    const { run, say } = prompt('--fault', 'tear@1');
    await run.says(/apdu> /);
    say('select ppse\n');
    await run.says(/\[card-removed\]/);
    expect(await run.ended).toBe(1);
  });

  test('Ctrl-C ends it in the middle of a wait', async () => {
    const { run, say } = prompt();
    await run.says(/apdu> /);
    say('wait 600000\n');
    await run.says(/wait 600000\r*\n/);
    say('\u0003');
    expect(await run.ended).toBe(0);
  });
});
