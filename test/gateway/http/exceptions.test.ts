import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { cardInPocket } from '../support/card-in-pocket.js';
import { openGateway } from './gateway-under-test.js';

const { call, operatorKey, url } = await openGateway();
const tap = await cardInPocket().tapAt('metro-gate', { event: 'entry' });
await call('POST', '/v1/taps', { body: tap });
await call('POST', '/v1/taps', { body: { ...tap, sequence: 2, amountFen: 1 } });

it('are resolved with a note by whoever may speak for the operator, once they are there', async () => {
  const { exceptions } = (await call('GET', '/v1/exceptions?state=open&kind=refused')).body;
  expect(exceptions).toMatchObject([{ code: 'amount-mismatch', state: 'open', terminal: tap.terminal }]);
  const path = `/v1/exceptions/${exceptions[0].id}/resolution`;
  const body = { note: 'the gate had an old program' };
  const buses = await operatorKey('ningbo-bus');
  expect((await call('POST', path, { key: buses, body })).status).toBeGreaterThanOrEqual(403);
  expect((await call('POST', '/v1/exceptions/gap_none/resolution', { body })).body.code).toBe('not-found');
  expect((await call('POST', path, { body: { note: 'card 6228 0001 0000 0000 017' } })).body.code).toBe(
    'note-holds-card-number',
  );
  expect((await call('POST', path, { body })).body).toMatchObject({ state: 'resolved', resolution: body });
  expect((await call('GET', '/v1/exceptions?state=open&kind=refused')).body.exceptions).toEqual([]);
  expect((await call('GET', '/v1/exceptions?state=resolved')).body.exceptions).toHaveLength(1);
});

it('are counted by kind for Prometheus', async () => {
  const { body } = await call('GET', '/metrics');
  expect(body).toContain('yongtap_exceptions_open{kind="unfinished"} 1');
  expect(body).toContain('yongtap_exceptions_open{kind="gap"} 0');
});

it('have a page that runs nothing but its own script and speaks to this gateway alone', async () => {
  const page = await fetch(`${url}/exceptions`);
  const text = await page.text();
  const policy = page.headers.get('content-security-policy')!;
  for (const element of ['script', 'style']) {
    const [, content = ''] = text.split(new RegExp(`</?${element}>`));
    expect(policy).toContain(`${element}-src 'sha256-${createHash('sha256').update(content).digest('base64')}'`);
  }
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(text) ?? [];
  expect(() => new Function(script)).not.toThrow();
  expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|localStorage/);
});
