import { expect, test } from 'vitest';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly optional?: boolean;
  readonly mend?: string;
}

test('without a PC/SC service it says so, with one command that mends it, and ends with 3', async () => {
  const { code, stdout } = await yongtap(['doctor', '--json'], { cwd });
  const checks = JSON.parse(stdout) as Check[];
  expect(code).toBe(3);
  expect(checks.slice(0, 3).map(({ name, ok }) => [name, ok])).toEqual([
    ['Node.js', true],
    ['embedded database', true],
    ['SM2, SM3, SM4', true],
  ]);
  const service = checks.find(({ name }) => name === 'PC/SC service');
  expect(service).toMatchObject({ ok: false, optional: true, mend: expect.stringMatching(/^sudo .*pcscd/) });
  const people = await yongtap(['doctor'], { cwd });
  expect(people.code).toBe(3);
  expect(people.stdout).toContain(`mend it with: ${service?.mend}`);
});

test('a database that was asked about and does not answer is missing', async () => {
  const url = 'postgresql://yongtap:secret@127.0.0.1:1/yongtap';
  const { code, stdout } = await yongtap(['doctor', '--json', '--database', url], { cwd });
  expect(code).toBe(3);
  const check = (JSON.parse(stdout) as Check[]).find(({ name }) => name === 'PostgreSQL');
  expect(check).toMatchObject({ ok: false, mend: expect.any(String) });
  expect(check?.optional).toBeUndefined();
  expect(stdout).not.toContain('secret');
});
