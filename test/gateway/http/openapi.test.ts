import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import examples from '../../../src/gateway/http/examples.json' with { type: 'json' };
import { totpCode, totpStep } from '../../../src/gateway/people/totp.js';
import { secretOf } from '../people/person-under-test.js';
import { openGateway } from './gateway-under-test.js';

interface Example {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly request?: unknown;
  readonly status: number;
  /** Whose request it is: an administrator's key's, or that of whoever logged in last. */
  readonly as?: 'person';
}

const NOW_MS = Date.parse('2015-10-06T12:00:00+08:00');
const gateway = await openGateway({ now: () => new Date(NOW_MS) });
const { call, document, operatorKey } = gateway;

it('is OpenAPI 3.1, names each operation once, and shows each with an example', async () => {
  expect(await new Validator().validate(document as never)).toEqual({ valid: true });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(examples).sort()).toEqual(ids.sort());
});

it('tells what the head of a request may say, and that of an answer', () => {
  const asked = (path: string, method: string) => {
    const { parameters = [] } = document.paths[path]![method]!;
    return Object.fromEntries(parameters.map(({ name, schema }) => [name, schema.enum]));
  };
  expect(asked('/v1/taps', 'post')['Content-Encoding']).toEqual(['gzip', 'deflate', 'br']);
  expect(asked('/v1/taps/batches', 'post')['Content-Encoding']).toEqual(['gzip']);
  expect(Object.keys(asked('/v1/lists/{kind}', 'get'))).toContain('If-None-Match');
  expect(Object.keys(asked('/openapi.json', 'get'))).toEqual(['If-None-Match']);
  const told = document.paths['/v1/journeys']!.get!.responses;
  expect([401, 429, 503].map((status) => Object.keys(told[status]!.headers!)[0])).toEqual([
    'WWW-Authenticate',
    'Retry-After',
    'Retry-After',
  ]);
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

/** A code is good once, for half a minute: the example shows one, and what is sent is one of now. */
function withCodes(operationId: string, request: unknown, made: ReadonlyMap<string, string>): unknown {
  const code = (steps: number) => totpCode(secretOf(made.get('secret')!), totpStep(NOW_MS) + steps);
  if (operationId === 'setPassword') return { ...(request as object), invitation: made.get('invitation') };
  if (operationId === 'certifySelf') return { ...(request as object), code: made.get('sentCode') };
  if (operationId === 'confirmSecondFactor') return { code: code(0) };
  if (operationId === 'makeRecoveryCodes') return { ...(request as object), code: code(1) };
  if (operationId === 'removeSecondFactor') return { ...(request as object), code: made.get('recoveryCode') };
  return request;
}

/** A code is in no answer: it goes to the member's mobile phone. */
async function sentCode(): Promise<string> {
  const messages = async () => (await call('GET', '/v1/messages?template=certification-code')).body.messages;
  await expect.poll(async () => (await messages()).length).toBe(1);
  return /(\d{6}) is your code/.exec((await messages())[0].text)![1]!;
}

/** In the order of the examples, so that what one records the next may ask for; names that each gateway makes are new. */
it('shows requests that succeed as they stand', async () => {
  const made = new Map<string, string>();
  let session = { cookie: '', csrfToken: '' };
  for (const [operationId, example] of Object.entries(examples) as [string, Example][]) {
    const [path, method] = Object.entries(document.paths)
      .flatMap(([each, operations]) =>
        Object.entries(operations).map(([verb, operation]) => [each, verb, operation.operationId] as const),
      )
      .find(([, , id]) => id === operationId)!;
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => made.get(name) ?? example.params![name]!);
    const isLines = operationId === 'postTapBatch' || operationId === 'reconcile';
    const type =
      operationId === 'certifyFileByOfficer' ? 'text/csv' : isLines ? 'application/x-ndjson' : 'application/json';
    if (operationId === 'certifySelf') made.set('sentCode', await sentCode());
    const request = withCodes(operationId, example.request, made);
    const body = isLines ? [request] : request;
    const {
      status,
      body: answer,
      headers,
    } = await call(method.toUpperCase(), `${address}?${example.query ?? ''}`, {
      type,
      body,
      ...(example.as === 'person' && {
        key: undefined,
        headers: { cookie: session.cookie, 'x-csrf-token': session.csrfToken },
      }),
    });
    expect(status, operationId).toBe(example.status);
    if (answer?.csrfToken && headers.has('set-cookie')) {
      session = { cookie: headers.get('set-cookie')!.split(';')[0]!, csrfToken: answer.csrfToken };
    }
    if (operationId === 'makeAccount') made.set('account', answer.id);
    if (answer?.invitation) made.set('invitation', answer.invitation);
    if (answer?.secret) made.set('secret', answer.secret);
    if (answer?.recoveryCodes) made.set('recoveryCode', answer.recoveryCodes[0]);
    const { token, id } = isLines ? answer[0] : (answer ?? {});
    if (token) made.set('token', token);
    if (answer?.order?.order) made.set('order', answer.order.order);
    if (id) made.set('id', id);
    if (operationId === 'postTap') made.set('exception', `${id}.unfinished`);
    if (operationId === 'uploadMemberList') made.set('memberList', answer.list.list);
    if (operationId === 'listJourneys') made.set('card', answer.journeys[0].cardToken);
  }
});

it('leaves a record of each change that tells what was changed', async () => {
  const { body } = await call('GET', '/v1/audit?limit=1000');
  const records = body.records as {
    operation: string;
    phase: string;
    status: number;
    parameters: object;
    detail: object;
  }[];
  const done = records.filter(({ phase, status }) => phase === 'done' && status < 400);
  expect(done.map(({ operation }) => operation)).toContain('settleServiceDay');
  const silent = done.filter(({ parameters, detail }) => Object.keys({ ...parameters, ...detail }).length === 0);
  // What people do to their own accounts: who acted is all there is to tell.
  const own = ['beginSecondFactor', 'changePassword', 'confirmSecondFactor', 'makeRecoveryCodes', 'removeSecondFactor'];
  const others = silent.map(({ operation }) => operation).filter((each) => ![...own, 'setPassword'].includes(each));
  expect([...new Set(others)]).toEqual([]);
});

it('is asked and answered here with every operation that it tells', async () => {
  await operatorKey('ningbo-bus');
  const asked = new Set([...gateway.checked.seen].map((each) => each.split(' ')[0]));
  expect([...asked].sort()).toEqual(Object.keys(examples).sort());
});
