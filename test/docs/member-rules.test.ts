import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder, yongtap } from '../cli/support/yongtap.js';

interface Step {
  readonly what: string;
  readonly result: string;
  readonly isAsTheRulesSay: boolean;
}

const page = readFileSync('docs/member-rules.md', 'utf8');
const rows = [...page.matchAll(/^\| (?!rule|-)([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, rule, by, shown]) => ({
  rule: rule!,
  by: by!,
  shown: shown!,
}));

let steps: readonly Step[];
beforeAll(async () => {
  const { code, stdout, stderr } = await yongtap(['members', 'example', '--json'], { cwd: temporaryFolder() });
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  steps = JSON.parse(stdout).steps;
}, 120_000);

it('the example goes as the rules say', () => {
  expect(steps.filter(({ isAsTheRulesSay }) => !isAsTheRulesSay)).toEqual([]);
  expect(steps.length).toBeGreaterThan(20);
});

it('each rule names a step of the example, or a test that is there', () => {
  expect(rows.length).toBeGreaterThan(25);
  const known = new Set(steps.map(({ what }) => `example: ${what}`));
  for (const { rule, shown } of rows) {
    const [, path] = /^`([^`]+)`$/.exec(shown) ?? [];
    expect(path === undefined ? known.has(shown) : existsSync(path), `${rule}: ${shown}`).toBe(true);
  }
  const told = new Set(rows.map(({ shown }) => shown));
  expect([...known].filter((each) => !told.has(each))).toEqual([]);
});

it('each rule names a request or a command that is there', () => {
  const folder = 'src/gateway/http/routes';
  const routes = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  for (const { rule, by } of rows) {
    const [, word = '', place = ''] = /^`(GET|POST|DELETE|yongtap) ([^`]+)`$/.exec(by) ?? [];
    const [group, name] = place.split(' ');
    const isThere =
      word === 'yongtap'
        ? existsSync(`src/cli/commands/${group}/${name}.ts`) || existsSync(`src/cli/commands/${group}/${name}/index.ts`)
        : routes.some((source) => source.includes(`'${place}'`));
    expect(isThere, `${rule}: ${by}`).toBe(true);
  }
});
