import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { installPackage } from './installed-package.js';

const root = process.cwd();
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { project, files, read } = installPackage();

test('the tarball holds what the package needs, and neither sources nor tests', () => {
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'bin/yongtap.js', 'dist/cli.js']),
  );
  expect(files).toEqual(expect.arrayContaining(['simulator/virtual-reader/virtual-reader.c']));
  const others = files.filter(
    (path) => !/^(LICENSE|README\.md|package\.json|bin|dist|simulator\/virtual-reader)/.test(path),
  );
  expect(others).toEqual([]);
  expect(files.filter((path) => /\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test('each file that package.json leads to is there', () => {
  const targets = [
    manifest.bin.yongtap,
    ...Object.values<string | object>(manifest.exports).flatMap((entry) =>
      Object.values(typeof entry === 'string' ? [entry] : entry),
    ),
  ];
  expect(targets.length).toBeGreaterThan(8);
  expect(targets.filter((path) => !files.includes(path.replace(/^\.\//, '')))).toEqual([]);
});

test('nothing in it tells of the machine that made it, or of a registry', () => {
  const telling = new RegExp(`${root}|${homedir()}/|https?://[^"'\\s]*\\.tgz`);
  expect(files.filter((path) => !path.endsWith('/') && telling.test(read(path)))).toEqual([]);
  const lock = readFileSync('package-lock.json', 'utf8');
  expect(lock).not.toContain('"resolved": "http');
});

test('npx yongtap runs from an installed package', () => {
  const run = (...options: string[]) =>
    execFileSync('npx', ['--offline', 'yongtap', ...options], { cwd: project, encoding: 'utf8' });
  expect(run('--version').trim()).toBe(manifest.version);
  expect(JSON.parse(run('decode', '9F0206000000000200', '--json'))[0]).toMatchObject({ tag: '9F02' });
  const state = join(project, 'state');
  const tap = run('tap', '--card', 'service-card-51', '--profile', 'bus-validator', '--state', state);
  expect(tap).toContain('[approved]');
});

test('a fleet finds its threads in an installed package', () => {
  const options = ['fleet', '--cards', '2', '--taps', '6', '--keys', '1', '--workers', '2', '--out', 'day', '--json'];
  const day = execFileSync('npx', ['--offline', 'yongtap', ...options], { cwd: project, encoding: 'utf8' });
  expect(JSON.parse(day)).toMatchObject({ agrees: true, summary: { plan: { taps: 6 } } });
}, 60_000);

test('a wrong entry point, and what lies within, cannot be imported', () => {
  const { stderr } = spawnSync(process.execPath, ['-e', "import('yongtap/dist/cli.js')"], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

const program = `
import { randomBytes } from 'node:crypto';
import { createCertificationAuthorityKeyStore, decode, type OdaRefusal, odaRefusals, type TlvErrorCode, type OutcomeReason } from 'yongtap/emv';
import { startGateway } from 'yongtap/gateway';
import { type CardChannel, ChannelError, createSoftwareChannel } from 'yongtap/readers';
import { createTestPki, issueCard, loadProfile, openCard, testCaKeys } from 'yongtap/simulator';
import { parseTapRecord, type Place, type TapRecord } from 'yongtap/tap';
import { openTapQueue, tapCard, terminalProfiles } from 'yongtap/terminal';

const tags: string[] = decode(Uint8Array.of(0x9f, 0x36, 0x01, 0x00)).map(({ tag }) => tag);
const code: TlvErrorCode = 'tag-invalid';
const refusal: OdaRefusal = 'ca-key-missing';
const reason: OutcomeReason = 'approved';
// @ts-expect-error there is no such refusal
const none: OdaRefusal = 'no-such-refusal';
const pki = createTestPki();
const card = openCard(issueCard(loadProfile('service-card-51'), pki), { random: randomBytes });
const [application] = card.inspect().applications;
const meaning: string = odaRefusals[refusal].meaning;

const channel: CardChannel = createSoftwareChannel(card);
const place: Place = { line: '2', station: '栎社国际机场' };
const at = { operator: 'ningbo-metro', terminal: 'gate-07' };
const { outcome, tapRecord } = await tapCard({
  channel, place, ...at, sequence: 1, event: 'entry', profile: terminalProfiles['metro-gate'], random: randomBytes,
  clock: () => new Date('2015-10-03T08:00:00+08:00'), caKeys: createCertificationAuthorityKeyStore(testCaKeys(pki)),
});
const queue = await openTapQueue('queue', { ...at, key: randomBytes(32), random: randomBytes });
const kept: TapRecord = await queue.append(tapRecord!);
await queue.close();
await channel.close();
const lost: unknown = await channel.transmit(Uint8Array.of(0, 0xb2, 1, 0x0c, 0)).catch((error: unknown) => error);
const tap = { outcome, sequence: kept.sequence, isRecord: parseTapRecord(kept).ok, lost: lost instanceof ChannelError && lost.code };
console.log(JSON.stringify({ tags, code, reason, none, meaning, label: application?.label, tap, startGateway: typeof startGateway }));
`;

test.each([
  ['node16', 'node16'],
  ['bundler', 'esnext'],
])('all entry points compile strictly with moduleResolution %s', (moduleResolution, module) => {
  writeFileSync(join(project, 'program.ts'), program);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--noEmit', '--target', 'es2023', '--types', 'node', '--skipLibCheck', 'false'];
  const { stdout, status } = spawnSync(
    process.execPath,
    [tsc, ...options, '--moduleResolution', moduleResolution, '--module', module, 'program.ts'],
    { cwd: project, encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('and they do what their types say', () => {
  writeFileSync(join(project, 'program.mjs'), transformSync(program, { loader: 'ts' }).code);
  const said = JSON.parse(execFileSync(process.execPath, ['program.mjs'], { cwd: project, encoding: 'utf8' }));
  expect(said).toMatchObject({ tags: ['9F36'], label: 'PBOC DEBIT', startGateway: 'function' });
  expect(said.tap).toEqual({ outcome: 'approved-offline', sequence: 1, isRecord: true, lost: 'channel-closed' });
});
