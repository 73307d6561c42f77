import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { authorize, confirmScripts, createIssuer, openAccount, order } from '../../simulator/index.js';
import { temporaryFolder, yongtap } from '../cli/support/yongtap.js';
import { keySet, makeRequest } from '../simulator/issuer/made-request.js';

const page = readFileSync('docs/cryptograms.md', 'utf8');
const cwd = temporaryFolder();

/** Each `$ command` of the page with what it prints. */
const examples = [...page.matchAll(/^\$ yongtap (.*)\n((?:[^`$\n].*\n)*)/gm)].map(([, command, output]) => ({
  command: command!,
  output: output!,
}));

test('the page shows a calculation step by step', () => {
  expect(examples.map(({ command }) => command.split(' ')[1])).toEqual(['derive', 'session', 'ac', 'arpc', 'mac']);
});

test.each(examples)('yongtap $command prints what the page shows', async ({ command, output }) => {
  const { code, stdout } = await yongtap(command.split(' '), { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: output });
});

test("the issuer's example runs as it stands", () => {
  const [, code] = /```ts\nimport [^\n]*\n\n(.*?)```/s.exec(page)!;
  const run = new Function(
    ...['createIssuer', 'openAccount', 'order', 'authorize', 'confirmScripts', 'masterKeys', 'data', 'scriptResults'],
    `${code}\nreturn { decision, reason, account };`,
  );
  const result = run(
    createIssuer,
    openAccount,
    order,
    authorize,
    confirmScripts,
    keySet('3des').masterKeys,
    makeRequest().data,
    [Uint8Array.of(0x20, 0, 0, 0, 1)],
  );
  expect(result).toMatchObject({
    decision: 'approved',
    reason: 'approved',
    account: { availableFen: 90_000, orders: [], sent: [] },
  });
});
