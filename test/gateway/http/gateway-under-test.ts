import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Writable } from 'node:stream';
import { expect } from 'vitest';
import { createLogger, type Gateway, type GatewayOptions, startGateway } from '../../../src/gateway/index.js';
import type { DatabaseLocation } from '../../../src/gateway/storage/index.js';
import { closeAtEnd } from '../../support/at-end.js';
import { newBooksFolder } from '../../support/books-folder.js';
import { fillWithTables } from '../storage/books-of-engines.js';
import { caKeys } from '../support/card-in-pocket.js';
import { checkAgainst, type OpenApiDocument } from './openapi-check.js';

export interface Call {
  readonly key?: string | undefined;
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the document says, and every reply is held to it
  readonly body: any;
}

export interface GatewayUnderTest {
  readonly url: string;
  readonly dataFolder: string;
  /** The administrator's. */
  readonly key: string;
  readonly document: OpenApiDocument;
  readonly checked: ReturnType<typeof checkAgainst>;
  /** All that was logged. */
  log(): string;
  /** A request as the administrator; `key: undefined` as nobody. Checked against the document, both ways. */
  call(method: string, path: string, call?: Call): Promise<Reply>;
  operatorKey(operator: string): Promise<string>;
  close(): Promise<void>;
}

export interface Wish {
  readonly location?: DatabaseLocation;
  readonly dataFolder?: string;
  readonly key?: string;
  readonly now?: () => Date;
  readonly telemetry?: { readonly endpoint: string };
  readonly sandbox?: boolean;
  /** Other campaigns than those of the box. */
  readonly campaigns?: unknown;
  readonly passwordCost?: GatewayOptions['passwordCost'];
  readonly limits?: Pick<GatewayOptions, 'requestRate' | 'tapRate' | 'failureRate' | 'isBehindProxy'>;
}

/** Passwords cost little here: what they cost is asked for in one test. */
const CHEAP = { costLog2: 10, blockSize: 8, parallelization: 1 };

const documents = new Map<string, Promise<OpenApiDocument>>();

/** The document of gateways that are set up alike is the same: making it takes as long as starting one. */
function documentOf(url: string, { sandbox, limits }: Wish): Promise<OpenApiDocument> {
  const setUp = JSON.stringify([sandbox === true, limits?.isBehindProxy === true]);
  const document = documents.get(setUp) ?? fetch(`${url}/openapi.json`).then((answer) => answer.json() as never);
  documents.set(setUp, document);
  return document;
}

/** A gateway over real HTTP, three days after the taps of the tests. */
export async function openGateway(wish: Wish = {}): Promise<GatewayUnderTest> {
  const { location, now = () => new Date('2015-10-06T12:00:00+08:00') } = wish;
  const isOwn = wish.dataFolder === undefined && !(location && 'dataFolder' in location);
  const dataFolder =
    wish.dataFolder ?? (location && 'dataFolder' in location ? location.dataFolder : newBooksFolder('gateway'));
  if (isOwn && !location) await fillWithTables(dataFolder);
  const lines: string[] = [];
  const destination = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line));
      done();
    },
  });
  const gateway: Gateway = await startGateway({
    dataFolder,
    databaseUrl: location && 'databaseUrl' in location ? location.databaseUrl : undefined,
    port: 0,
    clock: now,
    random: randomBytes,
    caKeys,
    logger: createLogger(destination, 'debug'),
    version: '0.0.0',
    ...(wish.telemetry && { telemetry: wish.telemetry }),
    ...wish.limits,
    sandbox: wish.sandbox,
    campaigns: wish.campaigns,
    passwordCost: wish.passwordCost ?? CHEAP,
  });
  const { url } = gateway;
  const key = wish.key ?? gateway.administratorKey!;
  expect(key).toMatch(/^yt_/);
  closeAtEnd(async () => {
    await gateway.close();
    if (isOwn) rmSync(dataFolder, { recursive: true, force: true });
  });
  const document = await documentOf(url, wish);
  const checked = checkAgainst(document);

  async function call(method: string, path: string, wanted: Call = {}): Promise<Reply> {
    const { body, headers = {} } = wanted;
    const asked = 'key' in wanted ? wanted.key : key;
    const type = body === undefined ? undefined : (wanted.type ?? 'application/json');
    const content =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : toText(type!, body);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(asked !== undefined && { authorization: `Bearer ${asked}` }),
        ...(type !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(content !== undefined && { body: content as string }),
    });
    const responseType = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const responseBody = fromText(responseType, await answer.text());
    if (method !== 'HEAD') {
      const requestBody = typeof body === 'string' || body instanceof Uint8Array ? undefined : body;
      const { status } = answer;
      const exchange = { method, path, requestType: type, requestBody, status, responseType, responseBody };
      checked.exchange({ ...exchange, responseHeaders: answer.headers });
    }
    return { status: answer.status, headers: answer.headers, body: responseBody };
  }

  return {
    url,
    dataFolder,
    key,
    document,
    checked,
    log: () => lines.join(''),
    call,
    operatorKey: async (operator) =>
      (await call('POST', '/v1/api-keys', { body: { name: operator, role: 'operator', operator } })).body.secret,
    close: () => gateway.close(),
  };
}

function toText(type: string, body: unknown): string {
  if (type !== 'application/x-ndjson') return JSON.stringify(body);
  return (body as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join('');
}

function fromText(type: string, text: string): unknown {
  if (type === 'application/x-ndjson')
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return /json$/.test(type) && text !== '' ? JSON.parse(text) : text;
}
