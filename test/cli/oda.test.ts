import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, openChain, toHex } from '../../emv/index.js';
import { coloursFor } from '../../src/cli/colours.js';
import { chainAsJson } from '../../src/cli/oda/chain-as-json.js';
import { chainsAsJson, chainsAsLines } from '../../src/cli/oda/print-chains.js';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
const repository = process.cwd();
const oda = (...options: string[]) => yongtap(['oda', ...options], { cwd });
const vectors = (name: string) => join(repository, 'test-vectors', name);

interface JsonChain {
  readonly name: string;
  readonly ok: boolean;
  readonly reason?: string;
  readonly links: { readonly step: string; readonly status: string; readonly fields: Record<string, string>[] }[];
  readonly failures: Record<string, string>[];
}

test('each authentication is told as it comes, and as JSON all together are one document', () => {
  const input = {
    method: 'sda',
    rid: 'A000000333',
    date: '2016-01-04',
    data: new Map(),
    staticData: undefined,
  } as const;
  const chain = openChain({ ...input, caKeys: createCertificationAuthorityKeyStore([]) });
  let asked = 0;
  function* chains() {
    for (const name of ['one', 'two', 'three']) {
      asked++;
      yield { name, chain, show: toHex };
    }
  }
  const colours = coloursFor({ isTTY: false });
  const lines = chainsAsLines(chains(), { language: 'en', explain: false, colours });
  expect([lines.next().value, asked]).toEqual([expect.stringContaining('one'), 1]);
  expect([...lines].at(-1)).toBe('0 authentic, 3 not\n');
  const whole = [...chains()].map(({ name }) => chainAsJson(name, chain, toHex));
  expect([...chainsAsJson(chains())].join('')).toBe(`${JSON.stringify(whole, undefined, 2)}\n`);
});

const chainsIn = (stdout: string): JsonChain[] => JSON.parse(stdout);

test('a software card is authentic: each link is told, with --explain each field, the card number masked', async () => {
  const short = await oda('--card', 'service-card-51');
  expect([short.code, short.stdout]).toEqual([0, expect.stringMatching(/^✓ software card .*fDDA {2}authentic\n/)]);
  expect(short.stdout.match(/^ {2}✓ /gm)).toHaveLength(6);
  expect(short.stdout).not.toContain('serial number');
  const { stdout } = await oda('--card', 'service-card-51', '--explain');
  for (const name of [
    'issuer identifier',
    'pad pattern',
    'hash computed',
    'public key remainder',
    'ICC dynamic number',
  ]) {
    expect(stdout).toContain(name);
  }
  expect(stdout).toMatch(/application PAN +6228\d\d\*{9}\d{4}F/);
  expect(stdout).not.toMatch(/622800\d{10}/);
  expect((await oda('--card', 'service-card-51', '--explain', '--show-pan')).stdout).toMatch(
    /application PAN +6228\d{15}F/,
  );
});

test('a recording of a tap is looked at on another day, in Chinese, in JSON', async () => {
  await yongtap(
    [
      'tap',
      '--card',
      'service-card-51',
      '--profile',
      'bus-validator',
      '--at',
      '2016-01-04T08:00:00+08:00',
      '--record',
      'tap.json',
    ],
    { cwd },
  );
  expect((await oda('tap.json')).code).toBe(0);
  const late = await oda('tap.json', '--date', '2036-01-01');
  expect([late.code, late.stdout]).toEqual([1, expect.stringContaining('[ca-key-expired]')]);
  expect(late.stdout).toContain('expected 2035-12-31');
  const zh = await oda('tap.json', '--lang', 'zh', '--explain');
  expect(zh.stdout).toContain('认证成功');
  expect(zh.stdout).toContain('发卡行公钥证书');
  const [chain] = chainsIn((await oda('tap.json', '--json')).stdout);
  expect(chain).toMatchObject({ ok: true, failures: [] });
  expect(chain!.links.map(({ step, status }) => `${step} ${status}`)).toContain('icc-certificate good');
});

test('test cards are not believed where only live keys count', async () => {
  const { code, stdout } = await oda('--card', 'service-card-51', '--no-test-cards');
  expect([code, stdout]).toEqual([1, expect.stringContaining('[ca-key-missing]')]);
});

test.each(['oda-recorded', 'oda-minted', 'oda-sm-minted', 'oda-made', 'oda-sm-made'])(
  'every vector of %s.json comes out as it is expected, with the reason where one is named',
  async (suite) => {
    const path = vectors(`${suite}.json`);
    const expected = JSON.parse(readFileSync(path, 'utf8')).vectors as {
      id: string;
      expect: { ok: boolean; reason?: string };
    }[];
    const { stdout } = await oda(path, '--json');
    const chains = chainsIn(stdout);
    expect(chains).toHaveLength(expected.length);
    for (const [index, { id, expect: wanted }] of expected.entries()) {
      const { name, ok, reason } = chains[index]!;
      const isKeyFault = wanted.reason?.startsWith('key-');
      expect({ name: name.split(' ')[0], ok, ...(wanted.reason && !isKeyFault && { reason }) }).toEqual({
        name: id,
        ...(isKeyFault ? { ok: false } : wanted.ok ? { ok: true } : wanted),
      });
    }
  },
);

test('the step that failed is named, with what was expected and what was found', async () => {
  const { code, stdout } = await oda(vectors('oda-made.json'), '--id', 'made-dda-13');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✗ issuer public key certificate.*\n {4}✗ public key exponent length +03.*\n +expected 01\n +found 03\n/,
  );
  expect(stdout).toContain('[issuer-exponent-length]');
});

test('sessions of vectors, contact and contactless, are looked at as they stand', async () => {
  const { stdout } = await oda(vectors('session-qpboc-minted.json'), '--json');
  const chains = chainsIn(stdout);
  expect(chains.length).toBeGreaterThan(5);
  expect(chains.some(({ ok }) => ok)).toBe(true);
});

test('revoked certificates of a file are not believed', async () => {
  const [chain] = chainsIn((await oda('--card', 'service-card-51', '--json')).stdout);
  const issuer = chain!.links.find(({ step }) => step === 'issuer-certificate')!;
  const serial = issuer.fields.find(({ field }) => field === 'serialNumber')!.value;
  writeFileSync(join(cwd, 'revoked.csv'), `rid,index,serial\nA000000333,C5,${serial}\n`);
  const { code, stdout } = await oda('--card', 'service-card-51', '--revoked', 'revoked.csv');
  expect([code, stdout]).toEqual([1, expect.stringContaining('[issuer-certificate-revoked]')]);
});

test('two cards in one log are two authentications', async () => {
  for (const [card, file] of [
    ['service-card-51', 'one.json'],
    ['service-card-51-rural-credit', 'two.json'],
  ] as const) {
    await yongtap(
      ['tap', '--card', card, '--profile', 'bus-validator', '--at', '2016-01-04T08:00:00', '--record', file],
      {
        cwd,
      },
    );
  }
  const exchanges = ['one.json', 'two.json'].flatMap(
    (file) => JSON.parse(readFileSync(join(cwd, file), 'utf8')).vectors[0].input.transcript,
  );
  const isSelectPpse = ({ command }: { command: string }) => command.includes('325041592E');
  for (const [name, kept] of [
    ['taps.json', exchanges],
    ['direct.json', exchanges.filter((exchange) => !isSelectPpse(exchange))],
  ] as const) {
    writeFileSync(join(cwd, name), JSON.stringify({ transcript: kept }));
    const { code, stdout } = await oda(name, '--date', '2016-01-04', '--json');
    expect([code, chainsIn(stdout).map(({ ok }) => ok)]).toEqual([0, [true, true]]);
  }
});

test('a recording in UTF-16, as Windows redirects it, is read as decode reads it', async () => {
  writeFileSync(join(cwd, 'wide.json'), `\uFEFF${readFileSync(join(cwd, 'tap.json'), 'utf8')}`, 'utf16le');
  expect((await oda('wide.json')).code).toBe(0);
});

test('a forged card is found by its signature', async () => {
  await yongtap(['card', 'new', 'forged.yaml', '--from', 'service-card-51'], { cwd });
  writeFileSync(
    join(cwd, 'forged.yaml'),
    `${readFileSync(join(cwd, 'forged.yaml'), 'utf8')}\nflaw: signs-with-another-key\n`,
  );
  await yongtap(['card', 'issue', 'forged.yaml', '-o', 'forged.json'], { cwd });
  const { code, stdout } = await oda('--card', 'forged.json');
  expect([code, stdout]).toEqual([1, expect.stringContaining('✗ signed dynamic application data')]);
});

test('wrong input: no such file, nothing in it, a day that is none', async () => {
  writeFileSync(join(cwd, 'prose.txt'), 'no card was here\n');
  const cases: [string[], string][] = [
    [['nowhere.json'], 'file-unreadable'],
    [['prose.txt'], 'no-authentication'],
    [['tap.json', '--date', '2016-02-30'], 'date-invalid'],
    [['tap.json', '--card', 'service-card-51'], 'card-ambiguous'],
  ];
  for (const [options, code] of cases) {
    expect(await oda(...options)).toMatchObject({ code: 2, stderr: expect.stringContaining(`[${code}]`) });
  }
  expect(await oda('tap.json', '--id', 'tap-7')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/has no vector tap-7 \[vector-unknown\]\n +It has: tap-1\n/),
  });
  const broken = JSON.parse(readFileSync(vectors('oda-made.json'), 'utf8')).vectors[0];
  writeFileSync(join(cwd, 'broken.json'), JSON.stringify({ ...broken, input: { ...broken.input, date: 5 } }));
  expect(await oda('broken.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('[vector-invalid]') });
});

test('a card for the slot alone cannot be tapped, and the way that it can be looked at is told', async () => {
  const refused = await oda('--card', 'combined-authentication');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('yongtap tap --interface contact --record FILE');
});
