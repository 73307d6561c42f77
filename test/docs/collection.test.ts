import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { shell, startGatewayProcess, temporaryFolder } from '../cli/support/yongtap.js';

const cwd = temporaryFolder();
const gateway = await startGatewayProcess({ cwd });
afterAll(() => gateway.end('SIGKILL'));

const page = readFileSync('docs/collection.md', 'utf8');
cpSync('test/cli/support/units.csv', join(cwd, 'units.csv'));
const list = readFileSync('test/cli/support/list.csv', 'utf8');

const run = (line: string) =>
  shell(`yongtap ${line} --post ${gateway.url}`, { cwd, env: { YONGTAP_KEY: gateway.key } });

it('shows commands that run as they stand, and an officer’s way from the template to members', async () => {
  const commands = [...page.matchAll(/^npx yongtap (.*)$/gm)].map(([, line]) => line!);
  expect(commands).toHaveLength(3);
  for (const command of commands) expect(await run(command), command).toMatchObject({ code: 0 });
  expect(await run('members template')).toMatchObject({ code: 0, stdout: 'wrote members.xlsx\n' });
  expect(await run('members template')).toMatchObject({ code: 2 });
  expect(await run('members collect members.xlsx --unit h-012')).toMatchObject({ code: 1 });
  writeFileSync(join(cwd, 'two.csv'), list.replace('13900000002', '1390000000'));
  const first = await run('members collect two.csv --unit h-012 --json');
  expect(first.code).toBe(1);
  const told = JSON.parse(first.stdout);
  expect(told).toMatchObject({ list: { state: 'draft', rows: { good: 1, wrong: 1 } }, wrongRows: 'two.wrong.csv' });
  const wrong = readFileSync(join(cwd, 'two.wrong.csv'), 'utf8');
  expect(wrong).toContain('手机号码应为11位');
  writeFileSync(join(cwd, 'two.wrong.csv'), wrong.replace('1390000000', '13900000002'));
  const second = await run('members collect two.wrong.csv --unit h-012 --submit');
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('submitted with transport: 1 good') });
  expect((await run(`members batches return ${told.list.list} --reason no`)).code).toBe(1);
  for (const step of ['submit', 'accept', 'accept']) {
    expect(await run(`members batches ${step} ${told.list.list}`), step).toMatchObject({ code: 0 });
  }
  const shown = await run(`members batches show ${told.list.list}`);
  expect(shown.stdout).toMatch(
    /accepted with ningbo: 1 good, 1 wrong, 1 recorded\n.* upload, .*\n.* submit, .*\n.* accept, /,
  );
  expect((await run('members batches list --state submitted')).stdout).toContain('submitted with transport');
});
