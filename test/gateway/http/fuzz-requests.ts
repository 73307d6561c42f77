import { mutateJson } from '../../fuzz/mutate-json.js';
import type { Random } from '../../fuzz/random.js';
import type { OpenApiDocument } from './openapi-check.js';

/** A request as it goes over the wire; `path` is encoded, `body` as it is. */
export interface FuzzRequest {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string | Uint8Array;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly default?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

interface FuzzedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly bodies: readonly { readonly type: string; readonly schema: Schema; readonly example?: unknown }[];
}

const HOSTILE: readonly string[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '%00',
    '\u0000',
    '\ufffd',
    '甬',
    '𠮷',
  ],
  ...["' or 1=1 --", '"; drop table taps; --', '../../etc/passwd', '..%2f..%2f', '%2e%2e/', '{{7*7}}'],
  ...['9'.repeat(400), 'a'.repeat(3000), '9999-99-99', '0000-00-00', '2015-10-03', '2015-02-30', '-271821-04-20'],
  ...[
    '2015-10-03T08:25:00+08:00',
    '2015-10-03T08:25:00',
    '+275760-09-13T00:00:00Z',
    '9007199254740993',
    '1.',
    '.',
    '--',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '\u202e',
    '\r\n',
    'a\tb',
    '*',
    '?',
    '#',
    '/',
    '\\',
    '%',
    '%zz',
    '&a=b',
    '1000',
  ],
];

const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['accept', ['*/*', 'text/html', 'application/xml', '', ';;;']],
  ['authorization', ['Bearer', 'Bearer yt_x', 'Basic YTpi', 'Bearer a b', `Bearer ${'x'.repeat(300)}`, 'bearer yt_']],
  ['content-encoding', ['gzip', 'identity', 'br', 'GZIP', 'gzip, gzip', '']],
  ['x-request-id', ['a', 'x'.repeat(5000), '6228000100000000017', 'a b', '../x', 'evil"quote']],
  [
    'traceparent',
    ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'ff-0-0-0', '00-0-0-0', 'x'.repeat(3000)],
  ],
  ['if-none-match', ['*', '"x"']],
  ['range', ['bytes=0-1', 'bytes=-']],
  ['x-forwarded-for', ['127.0.0.1', "' or 1"]],
  ['cookie', ['a=b; __proto__=1']],
];

/** All operations of a document, as far as requests are made from it. */
export function operationsOf(document: OpenApiDocument): FuzzedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): FuzzedOperation => {
      const {
        operationId,
        parameters = [],
        requestBody,
      } = operation as never as {
        operationId: string;
        parameters?: readonly Parameter[];
        requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> };
      };
      const bodies = Object.entries(requestBody?.content ?? {}).map(([type, content]) => ({ type, ...content }));
      return { operationId, method: method.toUpperCase(), path, parameters, bodies };
    }),
  );
}

/** Makes requests from a document: as it shows them, nearly so, and hostile ones, by a seed. */
export function createRequestMaker(document: OpenApiDocument, random: Random) {
  const operations = operationsOf(document);
  const made = new Map<string, unknown[]>();

  function sample(schema: Schema, depth = 0): unknown {
    if (schema.$ref !== undefined || depth > 6) return {};
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const choice = schema.oneOf ?? schema.anyOf ?? schema.allOf;
    if (choice) return sample(random.pick(choice), depth + 1);
    const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
    if (type === 'object') {
      const fields = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || random.below(2) === 0,
      );
      return Object.fromEntries(fields.map(([name, field]) => [name, sample(field, depth + 1)]));
    }
    if (type === 'array') return Array.from({ length: random.below(3) }, () => sample(schema.items ?? {}, depth + 1));
    if (type === 'integer' || type === 'number') {
      const { minimum = 0, maximum = 1000 } = schema;
      return random.pick([minimum, maximum, Math.floor((minimum + maximum) / 2)]);
    }
    if (type === 'boolean') return random.below(2) === 0;
    if (schema.format === 'date') return random.pick(['2015-10-03', '2016-02-29', '9999-12-31', '0001-01-01']);
    if (schema.format === 'date-time') return random.pick(['2015-10-03T08:25:00+08:00', '2016-01-01T00:00:00Z']);
    return random.pick([...HOSTILE, '2015-10-03T08:25:00+08:00', 'ningbo-metro', '1', 'a'.repeat(64)]);
  }

  /** A value that the gateway has made, one that the document shows, one of its schema, or a hostile one. */
  function textOf({ name, schema, example }: Parameter): string {
    const kind = random.below(10);
    const known = made.get(name) ?? [];
    if (kind < 4 && known.length > 0) return String(random.pick(known));
    if (kind < 6 && example !== undefined) return String(example);
    if (kind < 8) return String(sample(schema) ?? '');
    return random.pick(HOSTILE);
  }

  function bodyOf({ bodies }: FuzzedOperation): Pick<FuzzRequest, 'body' | 'type'> {
    if (bodies.length === 0) return random.below(10) === 0 ? { type: 'application/json', body: '{"a":1}' } : {};
    const { type, schema, example } = random.pick(bodies);
    const kind = random.below(20);
    if (kind === 0) return { type, body: random.bytes(random.below(200)) };
    if (kind === 1) return { type, body: random.pick(HOSTILE) };
    if (kind === 2) return { type: random.pick(['text/plain', 'application/xml', '', type.toUpperCase()]), body: '{}' };
    if (kind === 3) return { type, body: `${'['.repeat(5000)}${']'.repeat(5000)}` };
    if (kind === 4) return { type };
    const shown = example !== undefined && random.below(4) > 0 ? example : sample(schema);
    if (kind < 8) return { type, body: toText(shown, type) };
    let bytes: Uint8Array = Buffer.from(toText(shown, type));
    for (let times = random.below(3); times >= 0; times--) bytes = mutateJson(bytes, random) ?? bytes;
    return { type, body: bytes };
  }

  return {
    operations,
    next(): FuzzRequest {
      const operation = random.pick(operations);
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
        const parameter = operation.parameters.find((each) => each.in === 'path' && each.name === name)!;
        return encodeURIComponent(textOf(parameter)).replace(/^$/, '%20');
      });
      const query = operation.parameters
        .filter((each) => each.in === 'query' && random.below(3) === 0)
        .map((each) => `${each.name}=${encodeURIComponent(textOf(each))}`);
      if (random.below(30) === 0)
        query.push(`${random.pick(['a', '__proto__', 'limit', 'after', ''])}=${random.below(9)}`);
      const headers: Record<string, string> = {};
      if (random.below(6) === 0) {
        const [name, values] = random.pick(HEADERS);
        headers[name] = random.pick(values);
      }
      const { operationId, method } = operation;
      const address = `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
      return { operationId, method, path: address, headers, ...bodyOf(operation) };
    },
    /** What an answer has made, for further requests. */
    learn(body: unknown): void {
      if (typeof body !== 'object' || body === null) return;
      for (const [name, value] of Object.entries(body)) {
        if (typeof value !== 'string' || value.length > 200) continue;
        const known = made.get(name) ?? [];
        made.set(name, [...known, value].slice(-20));
      }
    },
  };
}

const toText = (value: unknown, type: string): string =>
  typeof value === 'string' && !type.endsWith('json')
    ? value
    : `${JSON.stringify(value) ?? ''}${type.endsWith('ndjson') ? '\n' : ''}`;
