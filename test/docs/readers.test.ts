import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import kinds from '../../src/readers/reader-kinds/reader-kinds.json';
import { hasProgram } from '../cli/support/has-program.js';
import { bin, environment, temporaryFolder, yongtap } from '../cli/support/yongtap.js';
import { startVirtualReaders } from '../readers/virtual-readers.js';
import { requirePart } from '../support/require-part.js';

const page = readFileSync('docs/readers.md', 'utf8');
const cwd = temporaryFolder();

const hasPcsc = await requirePart('pcsc', async () => {
  await (await startVirtualReaders()).stop();
});

/** A command that the page shows, and what it says to it. */
const shown = [...page.matchAll(/```\n\$ (.*?)\n(.*?)```/gs)].flatMap(([, command = '', answer = '']) =>
  `${command}\n${answer}`.split('\n\n$ ').map((block) => {
    const [first = '', ...lines] = block.split('\n');
    return { command: first, answer: lines.join('\n') };
  }),
);

/** Without what differs from run to run: times, dates and the blanks of a scanner. */
const settled = (said: string): string[] =>
  said
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3}/, 'TIME').trimEnd())
    .filter((line) => line !== '' && !line.includes('\r') && !/ \d\d:\d\d:\d\d 20\d\d$/.test(line));

/** `yongtap readers` of a machine on whose reader a card lies. */
function onReader(command: string): string {
  if (!command.startsWith('npx yongtap readers')) return command;
  const readers = command.replace('npx yongtap', `"${process.execPath}" "${bin}"`);
  const patience = command.includes('--watch') ? 'timeout --foreground --signal INT --preserve-status 3 ' : '';
  return `npx yongtap card present my-card.json --reader-kind acr122 --uid 04112233445566 -- ${patience}${readers}`;
}

const hasPrograms = ['opensc-tool', 'pcsc_scan', 'scriptor'].every(hasProgram);

describe.runIf(hasPcsc && hasPrograms)('commands of docs/readers.md', () => {
  beforeAll(async () => {
    await yongtap(['card', 'issue', 'service-card-51', '-o', 'my-card.json'], { cwd });
  });

  test('are as many as are run here', () => expect(shown.length).toBeGreaterThanOrEqual(6));

  test.each(shown)('$command', async ({ command, answer }) => {
    const script = `npx() { shift; "${process.execPath}" "${bin}" "$@"; }\n${onReader(command)}`;
    const shell = spawn('bash', ['-c', script], { cwd, env: environment({ cwd }) });
    const [said, , [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
    expect({ code, said: settled(said) }).toEqual({ code: 0, said: settled(answer) });
  });
});

test('the page names every kind of reader that takes commands of its own', () => {
  const rows = new Set([...page.matchAll(/^\| (ACR\w+) \|/gm)].map(([, kind]) => kind));
  const known = kinds.filter((kind) => 'commands' in kind).map(({ kind }) => kind);
  expect([...rows].sort()).toEqual(known.sort());
});

test('every option of card present that the page tells is one', async () => {
  const { stdout } = await yongtap(['card', 'present', '--help'], { cwd });
  const told = [...page.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option!);
  expect(told.length).toBeGreaterThan(6);
  for (const option of told) expect(stdout).toContain(option);
});
