import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../simulator/issuer/checks/checks.js';
import { readIssuerKeys } from '../../src/cli/issuer/read-issuer-keys.js';
import { hasProgram } from '../cli/support/has-program.js';
import { environment, type RunningIssuer, startIssuerProcess, temporaryFolder } from '../cli/support/yongtap.js';
import { blocksOf, paste } from './pasted-page.js';

const pages = { issuer: readFileSync('docs/issuer.md', 'utf8'), contact: readFileSync('docs/contact.md', 'utf8') };
const cwd = temporaryFolder();
let issuer: RunningIssuer;

beforeAll(async () => {
  issuer = await startIssuerProcess({ cwd }, ['--no-key', '--log-level', 'silent']);
});
afterAll(() => issuer.end('SIGKILL'));

/** What ends at Ctrl-C only, or needs a reader with cards put into it (test/cli/contact/loop.test.ts). */
const notHere = /^npx yongtap issuer|--reader /;

describe.runIf(hasProgram('curl'))('lines that are pasted', () => {
  test.each(['issuer', 'contact'] as const)('of docs/%s.md work, and answer what it shows', async (name) => {
    const blocks = blocksOf(pages[name], notHere);
    expect(blocks.length).toBeGreaterThan(1);
    // With cards of its own.
    const folder = join(cwd, name);
    mkdirSync(folder);
    const env = environment({ cwd: folder });
    const printed = await paste(blocks, { cwd: folder, env, instead: { 'http://127.0.0.1:8052': issuer.url } });
    for (const [index, { answer }] of blocks.entries()) {
      if (answer) expect(JSON.parse(printed[index]!)).toMatchObject(JSON.parse(answer));
    }
  });
});

test('the page names addresses that there are, and all of them', async () => {
  const { paths } = (await (await fetch(`${issuer.url}/openapi.json`)).json()) as { readonly paths: object };
  const known = Object.keys(paths);
  const named = [...pages.issuer.matchAll(/\/(?:v1\/\w+|healthz)/g)].map(([path]) => path);
  expect(named.filter((path) => !known.includes(path))).toEqual([]);
  const ends = known.map((path) => path.split('/').at(-1)!);
  expect(ends.filter((end) => !pages.issuer.includes(end))).toEqual([]);
});

test('the page tells every check in its order', () => {
  const [, told = ''] = /The checks, in their\s+order: (.*?);/s.exec(pages.issuer)!;
  const names = told
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim());
  expect(names).toEqual(['request', ...checks.map(({ name }) => name)]);
});

test('the file of keys that the page shows is one', async () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(pages.issuer)!;
  writeFileSync(
    join(cwd, 'bank.yaml'),
    yaml
      .replaceAll('# keyDerivation', 'keyDerivation')
      .replaceAll('# derivation', 'derivation')
      .replaceAll('# hasOdd', 'hasOdd'),
  );
  const { keySets, zonePinKey, policy } = await readIssuerKeys(join(cwd, 'bank.yaml'));
  expect(keySets).toMatchObject([{ issuerIdentifier: '62280001', keyDerivationIndex: 1, derivation: 'option-a' }]);
  expect({ length: zonePinKey!.length, ...policy }).toEqual({ length: 16, counterGapMaximum: 1000 });
});

test.each<[title: string, yaml: string, said: RegExp]>([
  ['no YAML', 'issuers: [', /no YAML or JSON/],
  [
    'a short key',
    'issuers: [{ issuerIdentifier: "6228", algorithm: 3des, masterKeys: { applicationCryptogram: "1234" } }]',
    /applicationCryptogram: 16 bytes in hex/,
  ],
  ['another algorithm', 'issuers: [{ issuerIdentifier: "6228", algorithm: aes }]', /algorithm/],
])('a file of keys with %s is told by its field, without a key in it', async (_, yaml, said) => {
  writeFileSync(join(cwd, 'wrong.yaml'), yaml);
  const error = await readIssuerKeys(join(cwd, 'wrong.yaml')).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'issuer-keys-invalid', message: expect.stringMatching(said) });
  expect(String(error)).not.toContain('1234');
});
