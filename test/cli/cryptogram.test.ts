import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
writeFileSync(join(cwd, 'master.key'), 'F0C34A8124CEE0A9 1A0B034AA97D6EAC\n');

/** A published PBOC calculation: number, key, and the ARQC that comes of them. */
const OBJECTS =
  '5A076228000100001F5F340101' +
  '9F02060000000000019F03060000000000009F1A020156950500800460005F2A0201569A031407019C01009F37041E78EEBC82027D009F360202409F100807010103A0400201';

const run = async (line: string) => yongtap(['cryptogram', ...line.split(' ')], { cwd });
const json = async (line: string) => JSON.parse((await run(`${line} --json`)).stdout);

test('an ARQC is verified from the key file, number and counter of its own data', async () => {
  const objects = `${OBJECTS}9F26085D016C91005E7CC2`;
  expect(await json(`ac --master-key @master.key --objects ${objects}`)).toMatchObject({
    cryptogram: '5D016C91005E7CC2',
    verified: true,
  });
  const { code, stdout } = await run(`ac --master-key @master.key --objects ${objects} --verify 5D016C91005E7CC3`);
  expect(code).toBe(1);
  expect(stdout).toMatch(/as claimed +no/);
});

test('the steps one by one come to the same', async () => {
  const { key } = await json('derive --master-key @master.key --pan 6228000100001 --psn 01');
  expect(key).toBe('014D996FCC8F49157DC8B49E3BCDFD99');
  const session = await json(`session --card-key ${key} --atc 0240`);
  expect(session.key).toBe('D4102725E6E5AD329E55AAB50BF23DA9');
  expect((await json(`kcv --key ${session.key}`)).kcv).toBe(session.kcv);
  const answer = await json(`arpc --card-key ${key} --atc 0240 --arqc 5D016C91005E7CC2 --arc 00`);
  expect(answer.issuerAuthenticationData).toBe(`${answer.arpc}3030`);
});

test('a script command comes whole, with Lc and MAC', async () => {
  const keys = '--session-key 7E4FB244A76D4DC23F773F939DB4D299 --atc 0001 --arqc 0BE8B0CC2C19D0F1';
  expect((await json(`mac --command 841E0000 ${keys}`)).command).toBe('841E000004D58B8CFD');
  expect((await json(`mac --command 04DA9F79000000010000 ${keys}`)).command).toMatch(/^04DA9F790A000000010000.{8}$/);
});

test.each([
  ['0', ''],
  ['0', ' --key 0123456789ABCDEFFEDCBA9876543210'],
  ['1', ''],
  ['2', ''],
  ['3', ''],
  ['4', ' --key 0123456789ABCDEFFEDCBA9876543210'],
])('a PIN comes out of its block of format %s again%s', async (format, key) => {
  const options = `--format ${format} --pan 6228000100001117${key}`;
  const { block } = await json(`pin-block --pin 1234 ${options}`);
  expect(await json(`pin-block --block ${block} ${options}`)).toEqual({ pin: '1234' });
});

test('a block that is none of its format is answered with no', async () => {
  const { code, stdout } = await run('pin-block --format 2 --block 041234FFFFFFFFFF --json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ reason: 'pin-block-format' });
});

test.each([
  ['kcv --key 01234567', 'key-length'],
  ['kcv --key 0123456789ABCDEFFEDCBA98765432ZZ', 'hex-invalid-character'],
  ['kcv --key @no-such-file', 'system-error'],
  ['derive --master-key @master.key --pan 62280001000011F7', 'pan-not-digits'],
  ['ac --data 00', 'wrong-use'],
  ['ac --session-key 00 --card-key 00 --data 00', 'wrong-use'],
  ['ac --session-key 0123456789ABCDEFFEDCBA9876543210', 'wrong-use'],
  ['ac --session-key 0123456789ABCDEFFEDCBA9876543210 --objects 9F02010A', 'wrong-use'],
  [`ac --session-key 0123456789ABCDEFFEDCBA9876543210 --objects 9F100807010103A0400201`, 'data-missing'],
  ['arpc --session-key 0123456789ABCDEFFEDCBA9876543210 --arqc 0011223344556677', 'wrong-use'],
  ['mac --session-key 0123456789ABCDEFFEDCBA9876543210 --command 841E0000', 'wrong-use'],
  ['pin-block --format 0', 'wrong-use'],
  ['pin-block --format 0 --pin 12 --pan 6228000100001117', 'pin-not-digits'],
  ['pin-block --format 4 --pin 1234 --pan 6228000100001117', 'wrong-use'],
])('%s is told by its code, and no key or number with it', async (line, code) => {
  const { code: exit, stdout, stderr } = await run(`${line} --json`);
  expect(exit).toBe(2);
  expect(JSON.parse(stdout).error.code).toBe(code);
  expect(stdout + stderr).not.toMatch(/0123456789ABCDEF|62280001000011/);
});

test.each([
  ['derive --master-key F0C3 --pan 6228000100001 --psn 01', 'key-length', 'key: 2 bytes, not 16'],
  ['derive --master-key @master.key --pan 6228000100001 --psn 1', 'sequence-number-not-digits', 'two digits'],
  ['derive --master-key @master.key --pan 6228x --psn 01', 'pan-not-digits', '1 to 19 digits'],
])('%s: refused, and what was wanted is told', async (line, code, wanted) => {
  const { code: exitCode, stderr } = await run(line);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(`[${code}]`) });
  expect(stderr).toContain(wanted);
});
