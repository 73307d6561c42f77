import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProfile, profileNames } from '../../simulator/index.js';
import { newProfile } from '../../src/cli/card/new-profile.js';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
const run = (...options: string[]) => yongtap(options, { cwd });
const json = async (...options: string[]) => JSON.parse((await run(...options, '--json')).stdout);

test('the profiles in the box are listed by name and title', async () => {
  const profiles = await json('card', 'profiles');
  expect(profiles.map(({ name }: { name: string }) => name)).toEqual(profileNames());
  const { stdout } = await run('card', 'profiles');
  expect(stdout.trim().split('\n')).toHaveLength(profileNames().length);
});

test.each(profileNames())('a profile made from %s can be issued as it stands, and under its own name', (from) => {
  expect(loadProfile(newProfile(`My ${from}.yaml`, from))).toMatchObject({ name: `my-${from}` });
});

test('a new profile is written and issued', async () => {
  expect((await run('card', 'new', 'My first.yaml', '--from', 'two-applications')).code).toBe(0);
  const issued = await json('card', 'issue', 'My first.yaml', '-o', 'first.json');
  expect(issued).toMatchObject({ file: 'first.json', profile: 'my-first' });
});

test('each field that a new profile offers as a comment is taken as it stands there', () => {
  const offered = newProfile('commented.yaml', 'blank').replace(/^( *)# ( *[a-zA-Z]+:)/gm, '$1$2');
  for (const field of ['pinTries', 'flaw', 'keyBits', 'processes', 'electronicCash', 'state', 'blocked']) {
    expect(offered).toMatch(new RegExp(`^ *${field}:`, 'm'));
  }
  expect(loadProfile(offered)).toMatchObject({ keyBits: 1152, applications: [{ pinTries: 3 }] });
});

test('fields are set as they are written, and those that there are not are refused by name', async () => {
  const settings = ['electronicCash.balanceFen=4200', 'keyBits=1408', 'pin=0042', 'processes=[low-value]'].flatMap(
    (setting) => ['--set', setting],
  );
  expect((await run('card', 'new', 'set.json', ...settings)).code).toBe(0);
  expect(loadProfile(readFileSync(join(cwd, 'set.json'), 'utf8'))).toMatchObject({
    keyBits: 1408,
    applications: [{ pin: '0042', electronicCash: { balanceFen: 4200 }, processes: ['low-value'] }],
  });
  const wrong = await run('card', 'new', 'wrong.yaml', '--set', 'electronicCash.balanceFn=1');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean balanceFen?') });
});

test('the schema that is printed is JSON Schema and names the fields', async () => {
  const { stdout } = await run('card', 'schema');
  expect(JSON.parse(stdout).properties.applications.items.properties.pan.description).toContain('5A');
});

test('an issued card shows what it was issued with, and what a tap took from it', async () => {
  const issued = await json(
    'card',
    'issue',
    'service-card-51',
    '--balance',
    '12.50',
    '--holder',
    'LU SHIYI',
    '-o',
    'lu.json',
  );
  expect(issued).toMatchObject({ balanceFen: 1250, pan: '622800*********0017' });
  await run('tap', '--card', 'lu.json', '--profile', 'bus-validator');
  const card = await json('card', 'show', 'lu.json');
  const [application] = card.applications;
  expect(card.cardholderName).toBe('LU SHIYI');
  expect(application.purse.balanceFen).toBe(1050);
  expect(application.counters.applicationTransactionCounter).toBe(1);
  expect(application.log).toHaveLength(1);
  const { stdout } = await run('card', 'show', 'lu.json');
  expect(stdout).toContain('balance 10.50 yuan');
  expect(stdout).not.toContain('6228000100000000017');
});

test('the same seed and number make the same card, another seed another key', async () => {
  const issue = (file: string, ...more: string[]) => run('card', 'issue', 'service-card-51', '-o', file, ...more);
  await Promise.all([issue('a.json'), issue('b.json'), issue('c.json', '--seed', 'other')]);
  const [a, b, c] = ['a.json', 'b.json', 'c.json'].map((name) => readFileSync(join(cwd, name), 'utf8'));
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});

test('a card is replaced by --force only', async () => {
  await run('card', 'issue', 'empty-purse', '-o', 'kept.json');
  const before = readFileSync(join(cwd, 'kept.json'), 'utf8');
  expect((await run('card', 'issue', 'service-card-51', '-o', 'kept.json')).code).toBe(2);
  expect(readFileSync(join(cwd, 'kept.json'), 'utf8')).toBe(before);
  expect((await run('card', 'issue', 'service-card-51', '-o', 'kept.json', '--force')).code).toBe(0);
  expect(readFileSync(join(cwd, 'kept.json'), 'utf8')).not.toBe(before);
});

test('a card is changed, and says which changes it cannot take', async () => {
  await run('card', 'issue', 'empty-purse', '-o', 'changed.json');
  expect((await run('card', 'edit', 'changed.json', '--set', '9F79=5000', '--set', 'blocked=card')).code).toBe(0);
  const [application] = (await json('card', 'show', 'changed.json')).applications;
  expect(application).toMatchObject({ purse: { balanceFen: 5000 }, blocked: 'card' });
  const before = readFileSync(join(cwd, 'changed.json'), 'utf8');
  const refused = await run('card', 'edit', 'changed.json', '--set', 'balance=1', '--set', '5F24=400101');
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('card-data-signed');
  expect(readFileSync(join(cwd, 'changed.json'), 'utf8')).toBe(before);
});

test('an editor changes a card as options do', async () => {
  await run('card', 'issue', 'empty-purse', '-o', 'edited.json');
  const env = { EDITOR: "sed -i 's/^pinTriesLeft: .*/pinTriesLeft: 2/'" };
  const edited = await yongtap(['card', 'edit', 'edited.json', '--editor', '--json'], { cwd, env });
  expect(JSON.parse(edited.stdout)).toMatchObject({ changed: ['pinTriesLeft'] });
  const unset = await yongtap(['card', 'edit', 'edited.json', '--editor'], { cwd, env: { EDITOR: '', VISUAL: '' } });
  expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining('editor-missing') });
});

test('a clone is refused, an exact copy is not', async () => {
  await run('card', 'issue', 'service-card-51', '-o', 'original.json');
  const tapped = async (...options: string[]) => {
    await run('card', 'clone', 'original.json', '-o', 'clone.json', '--force', ...options);
    return (await json('tap', '--card', 'clone.json', '--profile', 'bus-validator')).reason;
  };
  expect(await tapped()).toBe('offline-data-authentication-failed');
  expect(await tapped('--exact')).toBe('approved');
});

test('a personalization file has the card number in a file, and masked on the screen', async () => {
  await run('card', 'issue', 'service-card-51', '-o', 'exported.json', '--force');
  const printed = await run('card', 'export', 'exported.json');
  expect(printed.stdout).toContain('DGI 0101');
  expect(printed.stdout).not.toContain('6228000100000000017');
  expect((await run('card', 'export', 'exported.json', '--format', 'json')).stderr).toContain('pan-shown');
  await run('card', 'export', 'exported.json', '--format', 'json', '-o', 'card.dgi.json');
  const [application] = JSON.parse(readFileSync(join(cwd, 'card.dgi.json'), 'utf8')).applications;
  expect(application.dataGroupings[0]).toMatchObject({ identifier: '0101' });
  expect(application.dataGroupings[0].data).toContain('6228000100000000017');
});

test('secrets are shown to whoever asks for them', async () => {
  expect((await run('card', 'show', 'service-card-51')).stdout).not.toContain('123456\n');
  const { stdout } = await run('card', 'show', 'service-card-51', '--keys', '--records');
  expect(stdout).toContain('PIN  123456');
  expect(stdout).toContain('file 02, record 1');
});
