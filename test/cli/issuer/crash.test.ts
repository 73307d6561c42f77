import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAN } from '../../simulator/issuer/made-request.js';
import { startIssuerProcess, temporaryFolder, yongtap } from '../support/yongtap.js';
import { bodyOf } from './issuer-under-test.js';

const cwd = temporaryFolder();
const KEYS = join(cwd, 'keys.yaml');
const AMOUNT_FEN = 100;
const REQUESTS = 40;
const OPENED_WITH_FEN = 1_000_000;

/** The keys with which the tests make their cryptograms. */
writeFileSync(
  KEYS,
  `issuers:
  - issuerIdentifier: "62280001"
    algorithm: 3des
    masterKeys:
      applicationCryptogram: 0123456789ABCDEFFEDCBA9876543210
      messageAuthentication: FEDCBA98765432100123456789ABCDEF
      encipherment: 89ABCDEF0123456776543210FEDCBA98
`,
);

interface Answered {
  readonly status: number;
  readonly body: { readonly decision: string; readonly card: { readonly token: string } };
}

const start = () => startIssuerProcess({ cwd }, ['--no-key', '--keys', KEYS, '--log-level', 'silent']);

/** `undefined`: the issuer died before it had answered. */
async function ask(url: string, request: object): Promise<Answered | undefined> {
  try {
    const response = await fetch(`${url}/v1/authorizations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  } catch {
    return undefined;
  }
}

test('an issuer that is killed has kept all that it answered, and answers it again', async () => {
  const requests = Array.from({ length: REQUESTS }, (_, index) =>
    bodyOf({ atc: (index + 1).toString(16).padStart(4, '0'), terminal: { '9F02': '000000000100' } }),
  );
  const answered = new Map<object, Answered>();
  let issuer = await start();
  for (const killedAfter of [7, 18]) {
    for (const [index, request] of requests.entries()) {
      if (index === killedAfter) void issuer.end('SIGKILL');
      const answer = await ask(issuer.url, request);
      const before = answered.get(request);
      if (answer === undefined) continue;
      if (before) expect(answer).toEqual({ status: 200, body: before.body });
      answered.set(request, { ...answer, status: 200 });
    }
    await issuer.end('SIGKILL');
    issuer = await start();
  }
  for (const request of requests) {
    const answer = await ask(issuer.url, request);
    const before = answered.get(request);
    if (before) expect(answer).toEqual(before);
    answered.set(request, answer!);
  }
  const bodies = [...answered.values()].map(({ body }) => body);
  const approved = bodies.filter(({ decision }) => decision === 'approved').length;
  expect(approved).toBeGreaterThan(REQUESTS / 2);
  const account = await (await fetch(`${issuer.url}/v1/accounts/${bodies[0]!.card.token}`)).json();
  expect(account).toMatchObject({ availableFen: OPENED_WITH_FEN - AMOUNT_FEN * approved });
  expect(readFileSync(join(cwd, 'issuer-data', 'accounts.db')).includes(PAN)).toBe(false);
  await issuer.end('SIGTERM');
});

test('a folder is served by one issuer: a second is told who has it, until that one is gone, however it ends', async () => {
  const folder = join(cwd, 'issuer-data');
  const second = () => yongtap(['issuer', '--port', '0', '--data', folder, '--no-key', '--keys', KEYS], { cwd });
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const first = await start();
    const { code, stdout, stderr } = await second();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      `${folder} is served by another issuer: process ${first.pid}, at ${first.url} [folder-in-use]`,
    );
    await first.end(signal);
  }
  expect(existsSync(join(folder, 'serving.json'))).toBe(false);
});

test('with another key beside the accounts it does not start, and says why', async () => {
  writeFileSync(join(cwd, 'issuer-data', 'key'), new Uint8Array(32));
  const { code, stderr } = await yongtap(['issuer', '--port', '0', '--data', 'issuer-data'], { cwd });
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('[account-unreadable]') });
});
