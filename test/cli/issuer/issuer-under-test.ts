import { PassThrough } from 'node:stream';
import { afterAll } from 'vitest';
import { toHex } from '../../../emv/index.js';
import { createIssuerHost, createMemoryAccountBook } from '../../../simulator/index.js';
import { startIssuer } from '../../../src/cli/issuer/start-issuer.js';
import { createLogger } from '../../../src/gateway/index.js';
import { checkAgainst, type OpenApiDocument } from '../../gateway/http/openapi-check.js';
import { issuer, type MadeRequest, makeRequest } from '../../simulator/issuer/made-request.js';

/** An answer's body, looked into by the tests. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape.
type Json = any;

/** The message of a card whose cryptogram the tests make themselves. */
export const bodyOf = (made: MadeRequest = {}, more: object = {}) => ({
  data: Object.fromEntries([...makeRequest(made).data].map(([tag, value]) => [tag, toHex(value)])),
  ...more,
});

/** The HTTP interface over a host in memory; each exchange is held against the document that it serves. */
export async function startIssuerHere(mayAsk?: (key: string) => boolean) {
  const log: string[] = [];
  const destination = new PassThrough().on('data', (line: Buffer) => log.push(line.toString()));
  let ids = 0;
  const server = await startIssuer({
    host: createIssuerHost({
      issuer,
      book: createMemoryAccountBook(),
      clock: () => new Date('2015-10-03T04:00:00Z'),
      tokenKey: new Uint8Array(32).fill(1),
      opensWith: { availableFen: 100_000 },
    }),
    address: '127.0.0.1',
    port: 0,
    mayAsk,
    makeId: () => `made-${ids++}`,
    logger: createLogger(destination, 'debug'),
    version: 'test',
  });
  afterAll(() => server.close());
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApiDocument;
  const checked = checkAgainst(document);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const requestType = body === undefined ? undefined : 'application/json';
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(requestType && { 'content-type': requestType }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Json;
    checked.exchange({
      method,
      path,
      requestType,
      requestBody: body,
      status: response.status,
      responseType: response.headers.get('content-type')!.split(';')[0]!,
      responseBody: answer,
    });
    return { status: response.status, headers: response.headers, body: answer };
  };
  return {
    ...server,
    document,
    seen: checked.seen,
    log: () => log.join(''),
    call,
    post: (path: string, body?: unknown) => call('POST', path, body),
    get: (path: string) => call('GET', path),
  };
}
