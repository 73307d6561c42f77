import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import examples from '../../../src/gateway/http/examples.json' with { type: 'json' };
import type { Role } from '../../../src/gateway/people/index.js';
import { allRoles } from '../../../src/gateway/people/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { newPerson } from './person-under-test.js';

/** What says that it is not theirs to ask, whatever they ask for. */
const REFUSALS = new Set(['administrator-only', 'role-not-allowed', 'scope-missing', 'key-missing']);

const BELONGING: Readonly<Partial<Record<Role, object>>> = {
  member: { member: '330200001' },
  'unit-officer': { unit: 'h-012' },
  'branch-officer': { unit: 'haishu' },
  'bank-teller': { bank: 'boc' },
  operator: { operator: 'ningbo-metro' },
};

const PAGE = 'docs/people.md';
const [BEGIN, END] = ['<!-- rights: begin -->\n', '<!-- rights: end -->\n'];

const now = () => new Date('2026-03-02T09:00:00+08:00');

/** Every operation is asked for by every role, with nothing in it: who may ask gets another answer than who may not. */
it('lets each role do what the page says, and nothing else', async () => {
  const gateway = await openGateway({ now, limits: { failureRate: 0, requestRate: 0 } });
  const { call, document } = gateway;
  const body = { unit: 'ningbo', name: '宁波市总工会', level: 'city' };
  await call('POST', '/v1/units', { body });
  await call('POST', '/v1/units', {
    body: { unit: 'haishu', name: '海曙区总工会', level: 'district', parent: 'ningbo' },
  });
  await call('POST', '/v1/units', { body: { unit: 'h-012', name: '鼓楼', level: 'grass-roots', parent: 'haishu' } });
  await call('POST', '/v1/members', { body: { member: '330200001', name: '张三', unitId: 'h-012' } });
  const people = new Map<string, { readonly cookie: string; readonly csrfToken: string }>();
  for (const role of allRoles) {
    people.set(role, await newPerson(gateway, { name: `the-${role}`, roles: [role], ...BELONGING[role] }, now));
  }
  const operatorKey = await gateway.operatorKey('ningbo-metro');

  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>>): Promise<boolean> => {
    const answer = await fetch(`${gateway.url}${path}`, { method: method.toUpperCase(), headers });
    const { code } = (answer.status < 400 ? {} : await answer.json().catch(() => ({}))) as { code?: string };
    await answer.body?.cancel().catch(() => {});
    expect(['csrf-token-wrong', 'origin-mismatch', 'session-over'], `${method} ${path}`).not.toContain(code);
    return !REFUSALS.has(code ?? '');
  };

  const rows: string[] = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { operationId }] of Object.entries(operations)) {
      const example = (examples as Readonly<Record<string, { params?: Readonly<Record<string, string>> }>>)[
        operationId
      ];
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(example?.params?.[name] ?? 'x'),
      );
      const isOver = operationId === 'endSession';
      const askAs = (headers: Readonly<Record<string, string>>) =>
        ask(method, isOver ? '/v1/sessions/ses_0000000000000000' : address, headers);
      const holders = [...people.values()].map(({ cookie, csrfToken }) => ({ cookie, 'x-csrf-token': csrfToken }));
      const askers = [{}, { authorization: `Bearer ${operatorKey}` }, ...holders];
      const cells = await Promise.all(askers.map(askAs));
      const { security } = operations[method] as unknown as { security: readonly { apiKey: readonly string[] }[] };
      expect(cells[0], `${operationId} without a key`).toBe(security.length === 0);
      if (security.length > 0)
        rows.push(
          `| \`${operationId}\` | \`${security[0]!.apiKey[0]}\` |${cells
            .slice(1)
            .map((may) => (may ? ' + |' : '   |'))
            .join('')}`,
        );
    }
  }
  const head = ['operation', 'scope', 'operator’s key', ...allRoles];
  const table = [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.sort()].join('\n');

  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN) as [string, string];
  const after = rest.split(END)[1]!;
  // After a new route: npx vitest run test/gateway/people/rights.test.ts -u, and look at what it says.
  await expect(`${before}${BEGIN}\n${table}\n\n${END}${after}`).toMatchFileSnapshot(`../../../${PAGE}`);
}, 120_000);
