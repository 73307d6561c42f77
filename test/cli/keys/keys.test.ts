import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { wellKnownKeys } from '../../../emv/index.js';
import { createTestPki, testCaKeys } from '../../../simulator/index.js';
import { temporaryFolder, yongtap } from '../support/yongtap.js';

const folder = temporaryFolder();
let cwd = folder;
let run = 0;
beforeEach(() => {
  cwd = join(folder, `${run++}`);
});

const keys = (...options: string[]) =>
  yongtap(['keys', ...options], { cwd: folder, env: { YONGTAP_STATE: cwd, TMPDIR: folder } });
const imported = (input: string, ...options: string[]) =>
  yongtap(['keys', 'import', '-', ...options], { cwd: folder, env: { YONGTAP_STATE: cwd, TMPDIR: folder }, input });
const listed = async (...options: string[]) => JSON.parse((await keys('list', '--json', ...options)).stdout);

const own = { ...testCaKeys(createTestPki('another authority'))[0]! };
const published = wellKnownKeys({ rid: 'A000000333', use: 'test' }).find(({ index }) => index === '08')!;

test('the schemes’ live keys are trusted from the start', async () => {
  const list = await listed('--rid', 'A000000333', '--date', '2016-01-04');
  expect(list.map((key: { index: string }) => key.index)).toEqual(['02', '03', '04']);
  expect(list[0]).toMatchObject({ rid: 'A000000333', use: 'live', origin: 'built-in' });
  const all = await listed('--all');
  expect(all.length).toBeGreaterThan(100);
});

test('an imported key is listed, shown, exported in each form that is read again, and removed', async () => {
  const { code, stdout } = await imported(JSON.stringify([own]));
  expect([code, stdout]).toEqual([0, expect.stringContaining('imported 1 keys')]);
  expect((await imported(JSON.stringify([own]))).stdout).toContain('imported 0 keys');
  expect((await listed()).filter((key: { origin: string }) => key.origin === 'imported')).toMatchObject([own]);
  expect((await keys('show', 'a000000333', 'c5')).stdout).toContain(own.sha1);
  for (const format of ['json', 'csv', 'tlv']) {
    const file = (await keys('export', '--format', format)).stdout;
    const again = await imported(file, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ imported: true, faults: [] });
    expect((await listed()).find((key: { index: string }) => key.index === 'C5')).toMatchObject(own);
  }
  expect((await keys('remove', 'A000000333', 'C5')).code).toBe(0);
  expect((await keys('remove', 'A000000333', 'C5')).code).toBe(1);
});

test('a key that does not fit its check value is not imported, nor is anything beside it', async () => {
  const file = JSON.stringify([own, { ...published, sha1: '00'.repeat(19).concat('01') }]);
  const refused = await imported(file);
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('[key-checksum-wrong]')]);
  expect(refused.stdout).toContain('nothing imported');
  expect((await listed()).every((key: { origin: string }) => key.origin === 'built-in')).toBe(true);
  expect((await imported(file, '--skip-faulty')).code).toBe(0);
  expect((await listed()).find((key: { index: string }) => key.index === 'C5')).toMatchObject(own);
});

test('another key under the same RID and index is a conflict, until it is to replace the old one', async () => {
  const other = testCaKeys(createTestPki('a third authority'))[0]!;
  await imported(JSON.stringify([own]));
  const conflict = await imported(JSON.stringify([other]));
  expect([conflict.code, conflict.stdout]).toEqual([1, expect.stringContaining('conflict')]);
  expect((await imported(JSON.stringify([other]), '--replace')).code).toBe(0);
  const [found] = (await listed()).filter((key: { index: string }) => key.index === 'C5');
  expect(found).toMatchObject({ sha1: other.sha1 });
});

test('a published test key stays one, whatever is said of it', async () => {
  const { stdout } = await imported(JSON.stringify([{ ...published, use: 'live' }]), '--use', 'live');
  expect(stdout).toContain('a published test key');
  expect((await listed()).find((key: { index: string }) => key.index === '08')).toMatchObject({ use: 'test' });
});

test('a published live key stays one where the file says nothing of it', async () => {
  const tlv = (await keys('export', '--format', 'tlv')).stdout;
  expect((await imported(tlv)).code).toBe(0);
  const list = await listed('--rid', 'A000000333');
  const live = list.filter(({ index }: { index: string }) => index === '04');
  expect(live).toMatchObject([{ use: 'live', origin: 'imported' }]);
});

test('a card under an imported authority is believed, and no longer when its issuer certificate is revoked', async () => {
  const tap = (...options: string[]) =>
    yongtap(
      [
        'tap',
        '--card',
        'service-card-51',
        '--profile',
        'bus-validator',
        '--at',
        '2016-01-04T08:00:00+08:00',
        '--json',
        ...options,
      ],
      { cwd: folder, env: { YONGTAP_STATE: cwd, TMPDIR: folder } },
    );
  expect((await tap('--no-test-cards')).code).toBe(1);
  const [authority] = testCaKeys(createTestPki());
  writeFileSync(join(folder, 'authority.json'), JSON.stringify([{ ...authority, use: 'live' }]));
  expect((await tap('--no-test-cards', '--ca-keys', 'authority.json')).code).toBe(0);
  await keys('import', join(folder, 'authority.json'));
  expect((await tap('--no-test-cards')).code).toBe(0);
  const { certificate } = await issuerCertificate();
  expect((await imported(`A000000333,C5,${certificate}`)).stdout).toContain('1 revoked certificates');
  expect((await tap('--no-test-cards')).code).toBe(1);
  expect((await keys('remove', 'A000000333', 'C5', certificate)).code).toBe(0);
  expect((await tap('--no-test-cards')).code).toBe(0);
});

/** The serial number of the bank's certificate, as its opened bytes have it. */
async function issuerCertificate(): Promise<{ certificate: string }> {
  const { openChain, createCertificationAuthorityKeyStore, fromHex, toHex } = await import('../../../emv/index.js');
  const pki = createTestPki();
  const { certificate } = pki.issuer('bank-of-china');
  const chain = openChain({
    method: 'sda',
    rid: pki.rid,
    caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
    date: '2016-01-04',
    staticData: new Uint8Array(),
    data: new Map([
      ['8F', fromHex(pki.keyIndex)],
      ['90', certificate.certificate],
      ['92', certificate.remainder],
      ['9F32', certificate.exponent],
    ]),
  });
  const issuer = chain.links.find(({ step }) => step === 'issuer-certificate')!;
  return { certificate: toHex(issuer.fields.find(({ field }) => field === 'serialNumber')!.value!) };
}

test('check: what a file holds, and what is past its last day', async () => {
  writeFileSync(join(folder, 'old.csv'), `A000000333,08,${published.modulus},03,2012-12-31,${published.sha1}\n`);
  const old = await keys('check', join(folder, 'old.csv'), '--date', '2013-03-01');
  expect([old.code, old.stdout]).toEqual([1, expect.stringContaining('to be removed by 2013-06-30')]);
  expect((await keys('check', join(folder, 'old.csv'), '--date', '2012-06-01')).code).toBe(0);
});

test('a damaged store is told, not overwritten; a file without keys is wrong input', async () => {
  await imported(JSON.stringify([own]));
  const path = join(cwd, 'ca-keys.json');
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100));
  for (const result of [await keys('list'), await imported(JSON.stringify([own]))]) {
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('[key-store-damaged]')]);
  }
  expect(await keys('check', '/nowhere/keys.json')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('[file-unreadable]'),
  });
  expect(await imported('[]')).toMatchObject({ code: 2, stderr: expect.stringContaining('[no-keys-found]') });
});

test('of a file that is none of keys the first lines are told, and how many there are', async () => {
  const { code, stdout } = await imported('no key here\n'.repeat(1000));
  expect([code, stdout.split('\n').length]).toEqual([1, 23]);
  expect(stdout).toContain('and 980 more like these');
  expect(JSON.parse((await imported('no key here\n'.repeat(1000), '--json')).stdout).faults).toHaveLength(1000);
});
