import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadIssuerKeys } from '../../src/cli/gateway/load-issuer-keys.js';
import { clearKeyFiles } from '../../src/gateway/index.js';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const KEY = 'F0C34A8124CEE0A91A0B034AA97D6EAC';
const card = { pan: '6228000100000000017', algorithm: '3des', keyDerivationIndex: 1 };

test('a file of issuers’ keys goes under the master key and the next one, and is read as before', async () => {
  const cwd = temporaryFolder();
  const [path, master, next] = ['issuer.keys', 'master.key', 'next.key'].map((name) => join(cwd, name));
  writeFileSync(path!, `62280001 3des option-a * ${KEY}\n`);
  const [one, other] = [randomBytes(32), randomBytes(32)];
  writeFileSync(master!, one.toString('hex'));
  writeFileSync(next!, other.toString('base64'));
  expect(await clearKeyFiles({ folder: cwd, issuerKeys: path })).toEqual([path]);
  const loaded = await loadIssuerKeys(path, one);
  const found = loaded.keys!.find(card);
  const wrap = (...options: string[]) => yongtap(['gateway', 'keys', 'wrap', 'issuer.keys', ...options], { cwd });
  expect((await wrap()).stderr).toContain('[rotation-unclear]');
  for (const name of ['MASTER_KEY', 'MASTER_KEY_FILE', 'MASTER_KEY_COMMAND', 'NEW_MASTER_KEY']) {
    const empty = await yongtap(['gateway', 'keys', 'wrap', 'issuer.keys'], { cwd, env: { [`YONGTAP_${name}`]: '' } });
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringMatching(/empty.*\[master-key-invalid\]/)]);
  }
  const { code, stdout } = await wrap('--master-key-file', 'master.key', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([0, { file: 'issuer.keys', masterKey: expect.stringMatching(/^mk_/) }]);
  const wrapped = readFileSync(path!, 'utf8');
  expect(wrapped).not.toMatch(new RegExp(`${KEY}|62280001`, 'i'));
  expect(statSync(path!).mode & 0o077).toBe(0o044);
  expect(await clearKeyFiles({ folder: cwd, issuerKeys: path })).toEqual([]);
  expect((await loadIssuerKeys(path, one)).keys!.find(card)).toEqual(found);
  await expect(loadIssuerKeys(path, other)).rejects.toMatchObject({ code: 'keys-wrapped' });
  await expect(loadIssuerKeys(path)).rejects.toMatchObject({ code: 'keys-wrapped' });
  await wrap('--master-key-file', 'master.key', '--new-master-key-file', 'next.key');
  expect((await loadIssuerKeys(path, other)).keys!.find(card)).toEqual(found);
  writeFileSync(path!, wrapped.replace(/"content": "../, '"content": "AA'));
  await expect(loadIssuerKeys(path, one)).rejects.toMatchObject({ code: 'keys-damaged' });
  await expect(loaded.reload()).rejects.toMatchObject({ code: 'keys-damaged' });
  expect(loaded.keys!.find(card)).toEqual(found);
  writeFileSync(path!, `62280001 3des option-a * ${KEY.replaceAll('F', '0')}\n`);
  await loaded.reload();
  expect(loaded.keys!.find(card)).not.toEqual(found);
  writeFileSync(path!, 'no keys at all\n');
  expect((await wrap('--master-key-file', 'master.key')).stderr).toContain('[issuer-keys-invalid]');
  expect(readFileSync(path!, 'utf8')).toBe('no keys at all\n');
});
