// Draws docs/images/decode.svg: a tap in the log of a reader service, one exchange and the opened signature.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawTerminal } from './terminal-picture.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const log = join(root, 'test', 'cli', 'decode', 'logs', 'pcscd.log');
const output = execFileSync(process.execPath, [join(root, 'bin', 'yongtap.js'), 'decode', log], {
  env: { ...process.env, FORCE_COLOR: '1' },
  encoding: 'utf8',
});
const blocks = output.trim().split('\n\n');
const find = (text) => blocks.find((block) => block.includes(text));
const options = find('GET PROCESSING OPTIONS').split('\n').slice(0, 16);
const chain = find('Certificates and signatures').split('\n');
const signature = chain.findIndex((line) => line.includes('signed dynamic application data'));
const told = [
  blocks[0],
  '',
  ...options,
  '\x1b[2m… and 7 more exchanges\x1b[22m',
  '',
  ...chain.slice(0, 2),
  ...chain.slice(signature, signature + 8),
];
writeFileSync(join(root, 'docs', 'images', 'decode.svg'), drawTerminal('yongtap decode pcscd.log', told));
