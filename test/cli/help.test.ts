import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wellKnownKeys } from '../../emv/index.js';
import { createTestPki, testCaKeys } from '../../simulator/index.js';
import {
  type RunningGateway,
  type RunningIssuer,
  shell,
  startGatewayProcess,
  startIssuerProcess,
  temporaryFolder,
  yongtap,
} from './support/yongtap.js';

const cwd = temporaryFolder();
/** The examples of one command use what those before it have made. */
const commands = [
  'card profiles',
  'card new',
  'card issue',
  'card show',
  'card present',
  'cryptogram derive',
  'cryptogram session',
  'cryptogram ac',
  'cryptogram arpc',
  'cryptogram mac',
  'cryptogram kcv',
  'cryptogram pin-block',
  'decode',
  'lists publish',
  'lists pull',
  'lists show',
  'tap',
  'apdu',
  'readers',
  'gateway',
  'config',
  'config schema',
  'gateway backup',
  'gateway restore',
  'gateway keys status',
  'gateway keys rotate',
  'gateway keys reseal',
  'gateway keys wrap',
  'members units',
  'members template',
  'members collect',
  'members batches',
  'members import',
  'members cards list',
  'members cards order',
  'members cards ready',
  'members cards collect',
  'members cards check',
  'members cards activate',
  'members cards show',
  'members cards lose',
  'members cards find',
  'members cards exchange',
  'members cards replace',
  'members cards pay',
  'members cards waive',
  'members cards reject',
  'members cards cancel',
  'members cards close',
  'members list',
  'members show',
  'members reveal',
  'members export',
  'members erase',
  'members certify',
  'members certification progress',
  'members certification due',
  'members certification reminders',
  'members example',
  'members messages',
  'members offers',
  'members claim',
  'members attributes',
  'members loan',
  'members lists',
  'accounts add',
  'accounts list',
  'accounts invite',
  'accounts disable',
  'accounts enable',
  'accounts reset',
  'audit export',
  'audit head',
  'audit verify',
  'tariff list',
  'tariff show',
  'tariff check',
  'tariff diff',
  'tariff price',
  'tariff reprice',
  'settle',
  'settle verify',
  'reconcile',
  'fleet',
  'replay',
  'oda',
  'issuer',
  'keys list',
  'keys show',
  'keys import',
  'keys check',
  'keys export',
  'keys remove',
  'demo',
  'doctor',
  'card edit',
  'card clone',
  'card export',
  'card schema',
];

/** What needs a reader or a PC/SC service, goes on until Ctrl-C, or is run by a test of its own. */
const notHere =
  /yongtap members example|--reader|--count endless|--watch|--editor|yongtap readers|card present|yongtap gateway|yongtap issuer/;

/** Where a tap is torn on purpose, the card is a copy, a step comes too late or tariffs differ, the answer is no. */
const goesWrong =
  /yongtap members (erase|cards (waive|reject)) |yongtap tariff diff ningbo|yongtap tap .*(--fault tear|clone\.json)/;

let gateway: RunningGateway;
let issuer: RunningIssuer;
beforeAll(async () => {
  gateway = await startGatewayProcess({ cwd });
  issuer = await startIssuerProcess({ cwd }, ['--no-key']);
  // All of them are replayed elsewhere.
  for (const name of ['price.json', 'oda-minted.json']) cpSync(`test-vectors/${name}`, join(cwd, 'test-vectors', name));
  cpSync('test-vectors/tlv-made.json', join(cwd, 'my-vectors', 'made.json'));
  const year = new Date().getFullYear();
  const certifications = [year - 1, year].map((of) => ({
    year: of,
    at: `${year - 1}-12-01T10:00:00+08:00`,
    by: 'self',
  }));
  const members = [
    { member: 'A1', name: '陈敏', certifications, cards: [{ pan: '6228000100000000017', generation: 'pboc3' }] },
    { member: 'A2', name: '王强' },
    { member: 'A4', name: '王芳', identityNumber: '330203198805120015' },
    ...[
      { member: 'A5', name: '李娜', pan: '6228000100000000322', generation: 'pboc3', state: 'lost' },
      { member: 'A6', name: '陈强', pan: '6228000100000000330', generation: 'pboc3', state: 'active' },
      { member: 'A7', name: '张三', pan: '6228000100000000348', generation: 'pboc2', state: 'active' },
    ].map(({ member, name, pan, generation, state }) => ({
      member,
      name,
      cards: [{ pan, generation, states: [{ state, from: '2015-09-01T00:00:00+08:00' }] }],
    })),
  ];
  const live = wellKnownKeys({ use: 'live' });
  writeFileSync(join(cwd, 'capk.json'), JSON.stringify([...live, ...testCaKeys(createTestPki())]));
  writeFileSync(join(cwd, 'gateway.yaml'), 'host: 127.0.0.1\n');
  writeFileSync(join(cwd, 'revoked.csv'), 'rid,index,serial\nA000000333,C1,000001\n');
  writeFileSync(join(cwd, 'members.json'), JSON.stringify(members));
  writeFileSync(
    join(cwd, 'offer.yaml'),
    `offer: phones
kind: goods
name: Phones at half price
items: [{ item: phone, name: phone, quota: 10 }]
opens: "2015-10-01T09:00:00+08:00"
sponsor: ningbo-union
valueFen: 199900
priceFen: 99900
`,
  );
  writeFileSync(join(cwd, 'units.csv'), readFileSync('test/cli/support/units.csv'));
  writeFileSync(join(cwd, 'list.csv'), readFileSync('test/cli/support/list.csv'));
  writeFileSync(join(cwd, 'metro.csv'), 'terminal,sequence,amountFen\n');
  const certified = 'member,unit,sex,address,mobile\nA2,海曙小学,男,宁波市海曙区中山路1号,13900574001\n';
  writeFileSync(join(cwd, 'certified.csv'), certified);
  writeFileSync(join(cwd, 'new-members.csv'), '会员号\nA4\n');
  writeFileSync(join(cwd, 'made.csv'), '会员号,卡号\nA4,6228000100000000314\n');
  const handedOut = 'member,identityNumber,name,lastDigits\nA4,330203198805120015,王芳,0314\n';
  writeFileSync(join(cwd, 'handed-out.csv'), handedOut);
  writeFileSync(join(cwd, 'members.csv'), 'member,name,card,generation\nA2,王强,6228000200000000023,pboc3\n');
});
afterAll(() => Promise.all([gateway.end('SIGKILL'), issuer.end('SIGKILL')]));

async function helpOf(command: string): Promise<string> {
  const { code, stdout, stderr } = await yongtap([...command.split(' ').filter(Boolean), '--help'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const examplesIn = (help: string): string[] =>
  help
    .slice(help.indexOf('Examples:'))
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}.*/, ''))
    .filter((line) => /^(yongtap|echo) /.test(line));

test('the help names every command, and the exit codes', async () => {
  const help = await helpOf('');
  for (const command of commands) expect(help).toMatch(new RegExp(`^  ${command.split(' ')[0]} `, 'm'));
});

test.each(['', ...commands])('yongtap %s --help has examples, the exit codes, and they run', async (command) => {
  const help = await helpOf(command);
  expect(help).toMatch(/Exit codes: 0 .* 1 .* 2 .* 3 /);
  const examples = examplesIn(help);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples.filter((line) => !notHere.test(line))) {
    const line = example
      .replace('http://127.0.0.1:8051', gateway.url)
      .replace('http://127.0.0.1:8052', issuer.url)
      .replace('./gateway-data', './other-data');
    const { code, stderr } = await shell(line, { cwd, env: { YONGTAP_KEY: gateway.key } });
    const done = command === 'doctor' ? [0, 3] : [goesWrong.test(example) ? 1 : 0];
    expect(done, `${example}\n${stderr}`).toContain(code);
  }
});
