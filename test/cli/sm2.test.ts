import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestPki, testCaKeys } from '../../simulator/index.js';
import { startGatewayProcess, temporaryFolder, yongtap } from './support/yongtap.js';

const cwd = temporaryFolder();
const run = (...options: string[]) => yongtap(options, { cwd });
const bus = (card: string) => ['tap', '--card', card, '--profile', 'bus-validator'];
const rsaKeys = testCaKeys(createTestPki()).filter(({ algorithm }) => algorithm === 'rsa');
writeFileSync(join(cwd, 'rsa.json'), JSON.stringify(rsaKeys));
const rsaAlone = ['--no-test-cards', '--ca-keys', 'rsa.json'];

test('a tap of SM2 is approved offline, and a gateway believes its evidence', async () => {
  const gateway = await startGatewayProcess({ cwd });
  try {
    const { code, stdout } = await run(...bus('service-card-51-sm'), '--post', gateway.url, '--key', gateway.key);
    expect(code).toBe(0);
    expect(stdout).toMatch(/approved-offline[\s\S]*accepted by the gateway/);
  } finally {
    await gateway.end('SIGKILL');
  }
});

test('the trace shows DF69 as it was sent, and what of SM2 came back', async () => {
  const { stdout } = await run(...bus('dual-algorithm'), '--trace');
  expect(stdout).toMatch(/DF69 SM Algorithm Support Indicator {2}01/);
  expect(stdout).toMatch(/9F4B Signed Dynamic Application Data.*\(69 bytes\)/);
});

test('a terminal without SM2 gets RSA from a card of both, and is refused by one of SM2 alone', async () => {
  const { code, stdout } = await run(...bus('dual-algorithm'), ...rsaAlone, '--trace');
  expect(code).toBe(0);
  expect(stdout).toMatch(/DF69 SM Algorithm Support Indicator {2}00/);
  const refused = await run(...bus('service-card-51-sm'), ...rsaAlone, '--trace');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/< +6985[\s\S]*processing-options-refused[\s\S]*trusts no key of SM2/);
});

test('a forgery under SM2 is declined, and its chain opens down to the signature', async () => {
  const declined = await run(...bus('wrong-signature-sm'), '--json');
  expect(declined.code).toBe(1);
  expect(JSON.parse(declined.stdout)).toMatchObject({ accepted: false, reason: 'offline-data-authentication-failed' });
  const opened = await run('oda', '--card', 'wrong-signature-sm', '--json');
  expect(opened.code).toBe(1);
  expect(opened.stdout).toContain('signed-dynamic-data-signature');
  expect((await run('oda', '--card', 'service-card-51-sm')).code).toBe(0);
});

test('a card tells which algorithms it has', async () => {
  expect((await run('card', 'show', 'dual-algorithm')).stdout).toContain('RSA with 3DES, or SM2 with SM4');
  const { stdout } = await run('card', 'show', 'service-card-51-sm', '--json');
  const [application] = JSON.parse(stdout).applications;
  expect(application).toMatchObject({ publicKeyAlgorithms: ['sm2'], cryptogramAlgorithms: ['sm4'] });
});

test('its secrets are shown where they are asked for, of both algorithms', async () => {
  const { stdout } = await run('card', 'show', 'dual-algorithm', '--keys');
  expect(stdout).toMatch(/keys of SM4[\s\S]*private key[\s\S]*SM2 private key {2}[0-9A-F]{64}/);
  expect((await run('card', 'show', 'dual-algorithm')).stdout).not.toContain('private key');
});

test('in the slot the terminal says DF69 as well, and a recording of it replays', async () => {
  const slot = [
    'tap',
    '--interface',
    'contact',
    '--card',
    'dual-algorithm',
    '--pin',
    '123456',
    '--issuer',
    'simulator',
  ];
  const { code, stdout } = await run(...slot, '--trace', '--record', 'slot.json');
  expect(code).toBe(0);
  expect(stdout).toMatch(/DF69 SM Algorithm Support Indicator {2}01/);
  expect(stdout).toMatch(/8F .*C6/);
  const replayed = await run('replay', 'slot.json');
  expect(replayed.stdout).toContain('1 passed, 0 failed');
});

test('a tap that was refused for a revoked certificate replays as it ended', async () => {
  await run(...bus('revoked-issuer-certificate'), '--record', 'revoked.json');
  const replayed = await run('replay', 'revoked.json');
  expect(replayed.stdout).toContain('1 passed, 0 failed');
});
