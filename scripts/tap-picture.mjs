// Draws docs/images/tap.svg: a member taps a card on a bus; one exchange of the trace, the decision and the receipt.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawTerminal } from './terminal-picture.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'bin', 'yongtap.js');
const folder = mkdtempSync(join(tmpdir(), 'yongtap-picture-'));
const environment = { ...process.env, YONGTAP_STATE: folder, FORCE_COLOR: '1' };
const run = (...options) => execFileSync(process.execPath, [bin, ...options], { env: environment, encoding: 'utf8' });

const member = {
  member: 'A1',
  name: '陈敏',
  certifications: [{ year: 2016, at: '2016-01-02T10:12:00+08:00', by: 'self' }],
  cards: [{ pan: '6228000100000000017', generation: 'pboc3' }],
};
const shown = 'yongtap tap --card service-card-51 --profile bus-validator --trace --post http://127.0.0.1:8051';

const data = join(folder, 'gateway');
const gateway = spawn(process.execPath, [
  bin,
  'gateway',
  '--port',
  '0',
  '--data',
  data,
  '--json',
  '--log-level',
  'silent',
]);
try {
  const [line] = await once(gateway.stdout.setEncoding('utf8'), 'data');
  const { url, administratorKey: key } = JSON.parse(line);
  writeFileSync(join(folder, 'members.json'), JSON.stringify([member]));
  run('members', 'import', join(folder, 'members.json'), '--post', url, '--key', key);
  const options = shown.replace('http://127.0.0.1:8051', url).split(' ').slice(1);
  const blocks = run(...options, '--key', key, '--at', '2016-01-05T08:34:02')
    .trim()
    .split('\n\n');
  const isExchange = (block) => block.includes('\n\x1b[2m>');
  const exchange = blocks.find((block) => block.includes('GET PROCESSING OPTIONS'));
  const left = blocks.filter(isExchange).length - 1;
  const told = [
    exchange,
    `\x1b[2m… and ${left} more commands with their answers\x1b[22m`,
    ...blocks.filter((block) => !isExchange(block)),
  ];
  writeFileSync(join(root, 'docs', 'images', 'tap.svg'), drawTerminal(shown, told.join('\n\n').split('\n')));
} finally {
  gateway.kill('SIGTERM');
  await once(gateway, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
