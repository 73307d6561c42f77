import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hasProgram } from '../support/has-program.js';
import { temporaryFolder, yongtap } from '../support/yongtap.js';

const cwd = temporaryFolder();
const replay = (...options: string[]) => yongtap(['replay', ...options], { cwd });

const right = {
  id: 'right',
  kind: 'tlv.decode',
  input: { hex: '9f3601AA' },
  expect: { tree: [{ tag: '9F36', value: 'aa' }] },
};
const wrong = { ...right, id: 'wrong <&>', title: 'an odd one', expect: { tree: [{ tag: '9F36', value: 'BB' }] } };
const unknown = { id: 'tea', kind: 'tea.leaves', input: {}, expect: {} };
const broken = { id: 'no-hex', kind: 'tlv.decode', input: { hex: 17 }, expect: {} };

function write(path: string, vectors: readonly unknown[]): void {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), JSON.stringify({ suite: 'made', vectors }));
}

beforeAll(() => {
  write('good/right.json', [right, right]);
  write('good/deeper/still/right.json', [right]);
  writeFileSync(join(cwd, 'good', 'notes.txt'), 'not a vector file');
  write('mixed/mixed.json', [right, wrong, unknown, broken]);
  write('bad/right.json', [right]);
  writeFileSync(join(cwd, 'bad', 'broken.json'), '{');
  mkdirSync(join(cwd, 'empty'));
  mkdirSync(join(cwd, 'linked'));
  symlinkSync(join(cwd, 'good'), join(cwd, 'linked', 'good'));
  symlinkSync(join(cwd, 'linked'), join(cwd, 'linked', 'round'));
  symlinkSync(join(cwd, 'mixed', 'mixed.json'), join(cwd, 'linked', 'mixed.json'));
  writeFileSync(join(cwd, 'mark.json'), `\uFEFF${JSON.stringify({ suite: 'made', vectors: [right] })}`);
  writeFileSync(join(cwd, 'latin.json'), Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]));
});

test('all that passes: nothing but the sum, exit code 0', async () => {
  expect(await replay('good', 'mark.json')).toEqual({ code: 0, stdout: '4 passed, 0 failed\n', stderr: '' });
});

test('a line for each that fails, with what was expected and what came, and the sum last', async () => {
  const { code, stdout, stderr } = await replay('mixed');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/mixed\.json wrong <&> tlv\.decode an odd one: tree\[0\]\.value: expected "BB", got "AA"$/);
  expect(lines[1]).toMatch(/tea tea\.leaves: unknown kind tea\.leaves$/);
  expect(lines[2]).toMatch(/no-hex tlv\.decode: not as this kind is written: hex: /);
  expect(lines[3]).toBe('1 passed, 3 failed');
});

test('long values are shown where they part', async () => {
  const value = 'AB'.repeat(300);
  const hex = `9F4B82012C${value}`;
  const tree = [{ tag: '9F4B', value: `${value.slice(0, -2)}CD` }];
  write('long.json', [{ id: 'long', kind: 'tlv.decode', input: { hex }, expect: { tree } }]);
  const { stdout } = await replay('long.json');
  expect(stdout).toMatch(/expected …(AB)+CD", got …(AB)+"$/m);
});

test.each([
  ['bad', /broken\.json/],
  ['empty', /no \*\.json file/],
  ['nowhere', /ENOENT/],
  ['latin.json', /latin\.json/],
])('%s: told, the others are run, exit code 2', async (path, said) => {
  const { code, stdout, stderr } = await replay('mixed', path, 'good');
  expect(code).toBe(2);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(path === 'bad' ? '5 passed, 3 failed' : '4 passed, 3 failed');
  expect(stderr).toMatch(said);
});

test('--json and JUnit name the files that could not be read', async () => {
  const { code, stdout } = await replay('bad', 'nowhere', '--json', '--junit', 'unreadable.xml');
  const { passed, failed, unreadable } = JSON.parse(stdout);
  expect({ code, passed, failed }).toEqual({ code: 2, passed: 1, failed: 0 });
  expect(unreadable.map(({ path }: { path: string }) => path)).toEqual([join('bad', 'broken.json'), 'nowhere']);
  const xml = readFileSync(join(cwd, 'unreadable.xml'), 'utf8');
  expect(xml).toContain('tests="3" failures="0" errors="2"');
  expect(xml.match(/<error message="not a vector file">/g)).toHaveLength(2);
});

test('links are followed, and a round of them once', async () => {
  const { stdout } = await replay('linked');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('4 passed, 3 failed');
});

test('--json is one document, and the sum goes to standard error', async () => {
  const { code, stdout, stderr } = await replay('mixed', '--json');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '1 passed, 3 failed\n' });
  const { passed, failed, results } = JSON.parse(stdout);
  expect({ passed, failed }).toEqual({ passed: 1, failed: 3 });
  expect(results.map(({ id, passed: ok }: { id: string; passed: boolean }) => [id, ok])).toEqual([
    ['right', true],
    ['wrong <&>', false],
    ['tea', false],
    ['no-hex', false],
  ]);
  expect(results[1].differences).toEqual([{ path: 'tree[0].value', expected: 'BB', actual: 'AA' }]);
});

test.runIf(hasProgram('python3'))('the JUnit file is XML that another reader understands', async () => {
  const strange = 'a "quote" \u0000 \uD800 \uFFFE 甬';
  write('strange.json', [{ id: strange, kind: 'none', input: {}, expect: {} }]);
  await replay('mixed', 'strange.json', 'good', '--junit', 'results.xml');
  const program = `
import sys, json, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
print(json.dumps({
  "root": root.attrib,
  "suites": [[s.get("name"), s.get("tests"), s.get("failures"), len(s)] for s in root],
  "failures": [[c.get("name"), f.get("message"), f.text] for s in root for c in s for f in c]}))`;
  const read = execFileSync('python3', ['-c', program, join(cwd, 'results.xml')], { encoding: 'utf8' });
  const { root, suites, failures } = JSON.parse(read);
  expect(root).toMatchObject({ tests: '8', failures: '4' });
  expect(suites).toEqual([
    [join('mixed', 'mixed.json'), '4', '3', 4],
    ['strange.json', '1', '1', 1],
    [join('good', 'deeper', 'still', 'right.json'), '1', '0', 1],
    [join('good', 'right.json'), '2', '0', 2],
  ]);
  expect(failures[0]).toEqual(['wrong <&>', 'tree[0].value: expected "BB", got "AA"', expect.any(String)]);
  expect(failures[3][0]).toBe('a "quote" \uFFFD \uFFFD \uFFFD 甬');
});

test('the vectors of the house pass', async () => {
  const { code, stdout } = await yongtap(['replay', 'test-vectors'], { cwd: process.cwd(), env: { TMPDIR: cwd } });
  expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
  expect(code).toBe(0);
  expect(readFileSync('docs/test-vectors.md', 'utf8')).toContain('N passed, N failed');
});
