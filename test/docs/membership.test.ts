import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  membershipPolicySchema,
  membershipReasons,
  parseMembershipPolicy,
} from '../../src/gateway/membership/decide/index.js';

const page = readFileSync('docs/membership.md', 'utf8');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('the policy that the page shows is one', () => {
  const [, text = ''] = /```yaml\n(.*?)```/s.exec(page)!;
  expect(parseMembershipPolicy(text).versions).toHaveLength(2);
});

test('every reason is told', () => {
  const told = [...section('The reasons').matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(' ').map((code) => code.replaceAll('`', '')),
  );
  expect(told.sort()).toEqual([...membershipReasons].sort());
});

test('every field of a policy is explained', () => {
  const fields = new Set<string>();
  const walk = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if ('properties' in schema) for (const name of Object.keys(schema.properties as object)) fields.add(name);
    for (const child of Object.values(schema)) walk(child);
  };
  walk(z.toJSONSchema(membershipPolicySchema, { io: 'input' }));
  expect([...fields].filter((field) => !section('The policy').includes(field))).toEqual([]);
});
