import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import examples from '../../../src/gateway/http/examples.json' with { type: 'json' };
import { openGateway } from './gateway-under-test.js';

interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly request?: unknown;
  readonly status: number;
}

const gateway = await openGateway();
const { call, document, operatorKey } = gateway;

it('is OpenAPI 3.1, names each operation once, and shows each with an example', async () => {
  expect(await new Validator().validate(document as never)).toEqual({ valid: true });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(examples).sort()).toEqual(ids.sort());
});

it('shows examples that its own schemas accept', () => {
  let count = 0;
  const walk = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('example' in value && 'schema' in value) {
      gateway.checked.check(value.example, `${place}/schema`);
      count++;
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      walk(child, `${place}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    }
  };
  walk(document.paths, '/paths');
  expect(count).toBeGreaterThan(Object.keys(examples).length);
});

/** In the order of the examples, so that what one records the next may ask for; names that each gateway makes are new. */
it('shows requests that succeed as they stand', async () => {
  const made = new Map<string, string>();
  for (const [operationId, example] of Object.entries(examples) as [string, Example][]) {
    const [path, method] = Object.entries(document.paths)
      .flatMap(([each, operations]) =>
        Object.entries(operations).map(([verb, operation]) => [each, verb, operation.operationId] as const),
      )
      .find(([, , id]) => id === operationId)!;
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => made.get(name) ?? example.params![name]!);
    const isLines = operationId === 'postTapBatch' || operationId === 'reconcile';
    const type = isLines ? 'application/x-ndjson' : 'application/json';
    const body = isLines ? [example.request] : example.request;
    const { status, body: answer } = await call(method.toUpperCase(), `${address}?${example.query ?? ''}`, {
      type,
      body,
    });
    expect(status, operationId).toBe(example.status);
    const { token, id } = isLines ? answer[0] : (answer ?? {});
    if (token) made.set('token', token);
    if (id) made.set('id', id);
    if (operationId === 'postTap') made.set('exception', `${id}.unfinished`);
    if (operationId === 'listJourneys') made.set('card', answer.journeys[0].cardToken);
  }
});

it('is asked and answered here with every operation that it tells', async () => {
  await operatorKey('ningbo-bus');
  const asked = new Set([...gateway.checked.seen].map((each) => each.split(' ')[0]));
  expect([...asked].sort()).toEqual(Object.keys(examples).sort());
});
