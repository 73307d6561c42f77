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
}, 180_000);

it('the example goes as the rules say', () => {
  expect(steps.filter(({ isAsTheRulesSay }) => !isAsTheRulesSay)).toEqual([]);
  expect(steps.length).toBeGreaterThan(70);
});

it('each rule names a step of the example, or a test that is there', () => {
  expect(rows.length).toBeGreaterThan(100);
  const known = new Set(steps.map(({ what }) => `example: ${what}`));
  for (const { rule, shown } of rows) {
    const [, path, name = ''] = /^`([^`]+)`: (.+)$/.exec(shown) ?? [];
    const isThere =
      path === undefined ? known.has(shown) : existsSync(path) && readFileSync(path, 'utf8').includes(name);
    expect(isThere, `${rule}: ${shown}`).toBe(true);
  }
  const told = new Set(rows.map(({ shown }) => shown));
  expect([...known].filter((each) => !told.has(each))).toEqual([]);
});

it('each rule names a request or a command that is there', () => {
  const folder = 'src/gateway/http/routes';
  const routes = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const hasRoute = (place: string) =>
    routes.some(
      (source) => source.includes(`'${place}'`) || hasStep(source, /^(\/v1\/[^/]+\/[^/]+)\/(.+)$/.exec(place)),
    );
  for (const { rule, by } of rows) {
    const [, word = '', place = ''] = /^`(GET|POST|DELETE|yongtap) ([^`]+)`$/.exec(by) ?? [];
    const [group, name] = place.split(' ');
    const isThere =
      word === 'yongtap'
        ? existsSync(`src/cli/commands/${group}/${name}.ts`) || existsSync(`src/cli/commands/${group}/${name}/index.ts`)
        : hasRoute(place);
    expect(isThere, `${rule}: ${by}`).toBe(true);
  }
});

/** Steps of orders and of cards have their paths put together. */
function hasStep(source: string, place: RegExpExecArray | null): boolean {
  const [, parent, step] = place ?? [];
  return parent !== undefined && source.includes(`\`${parent}/\${path}\``) && source.includes(`path: '${step}'`);
}
