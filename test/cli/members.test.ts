import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningGateway, startGatewayProcess, temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
  const csv = 'member,name,card,generation\nA1,陈敏,6228000100000000017,pboc3\nA2,王强,6228000200000000023,pboc3\n';
  writeFileSync(join(cwd, 'members.csv'), csv);
});
afterAll(() => gateway.end('SIGKILL'));

test.each([
  ['a data folder', () => ['--data', 'books']],
  ['a gateway', () => ['--post', gateway.url, '--key', gateway.key]],
])('a file is imported into %s, and the same again changes nothing', async (_, where) => {
  const load = async () => {
    const { code, stdout, stderr } = await yongtap(['members', 'import', 'members.csv', '--json', ...where()], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  expect(await load()).toMatchObject({ records: 2, members: 2, cards: 2 });
  expect(await load()).toEqual({ records: 2, members: 0, cards: 0, certifications: 0, states: 0 });
});

test('a file that is refused makes no books', async () => {
  const options = ['members', 'import', '-', '--format', 'json', '--data', 'refused/books'];
  const refused = await yongtap(options, { cwd, input: '[{ "member": 7 }]' });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was imported.') });
  expect(readdirSync(cwd).filter((name) => name.includes('refused'))).toEqual([]);
});

test('a file comes through the pipe too', async () => {
  const input = JSON.stringify([{ member: 'B1', name: '李娜', cards: [] }]);
  const options = ['members', 'import', '-', '--format', 'json', '--data', 'piped'];
  expect(await yongtap(options, { cwd, input })).toMatchObject({
    code: 0,
    stdout: 'imported 1 record, new: 1 member\n',
  });
  expect(await yongtap(options, { cwd, input })).toMatchObject({ code: 0, stdout: 'imported 1 record, nothing new\n' });
});

test('a file goes into the books of a configuration, by the rules that it names', async () => {
  const options = ['members', 'import', 'members.csv', '--config', 'gateway.yaml'];
  const boxed = readFileSync('src/gateway/cards/data/card-policy-ningbo.yaml', 'utf8');
  writeFileSync(join(cwd, 'policy.yaml'), boxed);
  writeFileSync(join(cwd, 'gateway.yaml'), 'data: configured\ncardPolicy: policy.yaml\ntariff: [ningbo-2015]\n');
  expect(await yongtap(options, { cwd })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('imported 2 records'),
  });
  expect(existsSync(join(cwd, 'configured', 'gateway.db'))).toBe(true);
  writeFileSync(join(cwd, 'policy.yaml'), `${boxed}\nnoSuchThing: 1\n`);
  const refused = await yongtap(options, { cwd });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/policy\.yaml, line \d+.*noSuchThing/) });
});
