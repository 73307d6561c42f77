import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { canonicalRecord, contentHash, parseTapRecord, tapIdentity } from '../../../src/tap/index.js';

/** What happens to one request. `at` is where in the answer, from 0 to 1. */
export type Fate =
  | { readonly kind: 'answer' }
  /** The connection breaks before anything was read. */
  | { readonly kind: 'cut-request' }
  /** All is kept, then the connection breaks within the answer. */
  | { readonly kind: 'cut-answer'; readonly at: number }
  /** All is kept, and the answer ends early, as a proxy may end it. */
  | { readonly kind: 'short-answer'; readonly at: number }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Some records get no final answer. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'nonsense' }
  /** The key speaks for another operator: each record is turned away on its line. */
  | { readonly kind: 'barred' }
  | { readonly kind: 'silence' };

/** A gateway by the promises of the API, over a real socket, with a fate for each request; after the last one all is well. */
export async function startUnreliableGateway(
  fates: Fate[],
  { refuses, bodyBytesMax }: { refuses?: (sequence: number) => boolean; bodyBytesMax?: number } = {},
) {
  const taps = new Map<string, string>();
  const arrivals: number[] = [];
  const requests: { headers: IncomingMessage['headers']; size: number }[] = [];

  function keep(line: string, index: number) {
    const parsed = parseTapRecord(JSON.parse(line));
    if (!parsed.ok) return { index, status: 400, code: 'tap-malformed' };
    const { record } = parsed;
    const id = tapIdentity(record);
    if (refuses?.(record.sequence)) return { index, status: 422, code: 'card-lost' };
    const hash = contentHash(canonicalRecord(record));
    const known = taps.get(id);
    if (known) return { index, id, status: known === hash ? 200 : 409 };
    taps.set(id, hash);
    arrivals.push(record.sequence);
    return { index, id, status: 201, receipt: { netFen: 160 } };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fate = fates.shift() ?? { kind: 'answer' };
    if (fate.kind === 'cut-request') return void request.socket.destroy();
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const lines = body.trimEnd().split('\n');
    requests.push({ headers: request.headers, size: lines.length });
    if (fate.kind === 'silence') return;
    if (body.length > (bodyBytesMax ?? body.length)) {
      return void response.writeHead(413).end(JSON.stringify({ code: 'body-too-large' }));
    }
    if (fate.kind === 'status') return void response.writeHead(fate.status, fate.headers).end(fate.body);
    if (fate.kind === 'nonsense')
      return void response.writeHead(200).end('<html>\n{"index":-1,"status":201}\n[]\n{"index":');
    const answers = lines.map((line, index) => {
      if (fate.kind === 'barred') return { index, status: 403, code: 'operator-mismatch' };
      return fate.kind === 'busy' && index % 2 ? { index, status: 503, code: 'busy' } : keep(line, index);
    });
    const text = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('');
    if (fate.kind !== 'cut-answer' && fate.kind !== 'short-answer') return void response.writeHead(200).end(text);
    const part = text.slice(0, Math.floor(text.length * fate.at));
    if (fate.kind === 'short-answer') return void response.writeHead(200).end(part);
    response.writeHead(200, { 'content-length': text.length });
    response.flushHeaders();
    response.write(part, () => setTimeout(() => request.socket.destroy(), 2));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taps, arrivals, requests, close };
}
