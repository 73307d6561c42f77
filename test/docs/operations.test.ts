import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventCatalogue } from '../../src/gateway/webhooks/index.js';
import { openGateway } from '../gateway/http/gateway-under-test.js';

const page = readFileSync('docs/operations.md', 'utf8');
const section = (title: string): string => page.split(/^## /m).find((each) => each.startsWith(title))!;
const named = (text: string): string[] => [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);

it('tells each metric of the gateway’s own, and none that there is not', async () => {
  const gateway = await openGateway();
  const { body, headers } = await gateway.call('GET', '/metrics');
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const names = [...(body as string).matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!);
  const own = names.filter((name) => !/^yongtap_(process|nodejs)_/.test(name));
  expect(named(section('Metrics')).sort()).toEqual(own.sort());
  expect(names).toContain('yongtap_nodejs_eventloop_lag_seconds');
  expect(body).toMatch(/^yongtap_database_up 1$/m);
});

it('tells each field of the log of requests', async () => {
  const gateway = await openGateway();
  await gateway.call('GET', '/v1/journeys');
  await gateway.close();
  const known = new Set(named(section('Log')));
  for (const line of gateway.log().trim().split('\n')) {
    expect(Object.keys(JSON.parse(line)).filter((field) => !known.has(field))).toEqual([]);
  }
});

it('tells each event in webhooks.md', () => {
  const webhooks = readFileSync('docs/webhooks.md', 'utf8');
  const events = named(webhooks.split(/^## /m).find((each) => each.startsWith('Events'))!);
  expect(events.sort()).toEqual(Object.keys(eventCatalogue).sort());
});
