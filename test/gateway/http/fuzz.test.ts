import { expect, it } from 'vitest';
import { Random } from '../../fuzz/random.js';
import { eachEngine } from '../storage/each-engine.js';
import { createRequestMaker, type FuzzRequest } from './fuzz-requests.js';
import { openGateway } from './gateway-under-test.js';

/** `YONGTAP_FUZZ_SECONDS=600 YONGTAP_FUZZ_SEED=7 npx vitest run test/gateway/http/fuzz.test.ts` looks longer, elsewhere. */
const SECONDS = Number(process.env.YONGTAP_FUZZ_SECONDS ?? 4);
const SEED = Number(process.env.YONGTAP_FUZZ_SEED ?? 1);
const ANSWER_MS = 10_000;

/** A stack of ours or of a driver, or what a database says of its tables. */
const TOLD_TOO_MUCH = /\bat .{0,200}\.[cm]?[jt]s:\d+|node:internal|SQLITE_|syntax error at or near|node_modules/;
const PAN = /(?<![0-9A-Fa-f])6228\d{15}(?!\d)/;

eachEngine('requests made from the document', (engine) => {
  it(
    'find no 500, no hang, no answer beside the document, and nothing told too much',
    async () => {
      const gateway = await openGateway({ location: await engine.newLocation() });
      const random = new Random(SEED);
      const maker = createRequestMaker(gateway.document, random);
      const statuses = new Map<string, number>();
      const until = performance.now() + SECONDS * 1000;
      let count = 0;
      for (; performance.now() < until || count < 50; count++) {
        const request = maker.next();
        const { status, text, type } = await ask(gateway.url, gateway.key, request);
        const where = `request ${count} of seed ${SEED}: ${describe(request)} → ${status} ${text.slice(0, 400)}`;
        expect(status < 500, where).toBe(true);
        expect(text, where).not.toMatch(TOLD_TOO_MUCH);
        if (request.operationId !== 'readOpenApi' && request.operationId !== 'readDocumentation') {
          expect(text, where).not.toMatch(PAN);
        }
        const body = parse(type, text);
        try {
          const { method } = request;
          const { pathname, search } = new URL(request.path, gateway.url);
          const path = `${pathname}${search}`;
          gateway.checked.exchange({ method, path, status, responseType: type, responseBody: body });
        } catch (error) {
          throw new Error(`${where}\n${(error as Error).message}`);
        }
        if (status === 201) maker.learn(body);
        const group = `${Math.floor(status / 100)}xx`;
        statuses.set(group, (statuses.get(group) ?? 0) + 1);
      }
      expect(statuses.get('2xx') ?? 0, `${count} requests`).toBeGreaterThan(0);
      expect((await gateway.call('GET', '/readyz')).status).toBe(200);
      expect(gateway.log()).not.toMatch(/internal-error/);
      expect(gateway.log()).not.toMatch(PAN);
    },
    (SECONDS + 60) * 1000,
  );
});

async function ask(url: string, key: string, { method, path, headers, type, body }: FuzzRequest) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(type !== undefined && { 'content-type': type }), ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
    ...(body !== undefined && method !== 'GET' && { body: body as string }),
  });
  const text = await answer.text();
  return { status: answer.status, text, type: answer.headers.get('content-type')?.split(';')[0] ?? '' };
}

const describe = ({ method, path, headers, type, body }: FuzzRequest): string =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 200)} ${type ?? ''} ${Buffer.from(body ?? '')
    .toString()
    .slice(0, 600)}`;

function parse(type: string, text: string): unknown {
  if (type === 'application/x-ndjson')
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return /json$/.test(type) && text !== '' ? JSON.parse(text) : text;
}
