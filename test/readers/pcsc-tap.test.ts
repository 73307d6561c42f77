import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { ReaderService } from '../../simulator/index.js';
import { requirePart } from '../support/require-part.js';
import { cardShownByProcess } from './card-shown-by-process.js';
import type { RunningProgram } from './run-program.js';
import { startVirtualReaders } from './virtual-readers.js';

/** The command as its users meet it: one process shows a card to the PC/SC service, another taps it there. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders();
});

describe.runIf(hasPcsc)('the command with readers', () => {
  const { folder, cardFile, program, yongtap, presenting, balanceFen } = cardShownByProcess(() => service);
  const tap = (...args: string[]) => ['tap', '--profile', 'bus-validator', '--json', '--state', folder, ...args];
  const approved = { outcome: 'approved-offline', offlineDataAuthentication: { ok: true } };
  const resultOf = async (run: RunningProgram) => {
    expect(await run.ended).toBe(0);
    return JSON.parse(run.lines.join('\n'));
  };

  test.each(['smartcard', 'nfc-pcsc'])('taps the card on the reader through %s, and the card pays', async (binding) => {
    const before = balanceFen();
    const result = await resultOf(yongtap(...tap('--reader', 'front', '--binding', binding)));
    expect(result).toMatchObject(approved);
    expect(balanceFen()).toBe(before - result.record.amountFen);
  });

  test('taps the card on any reader through the binding that it chooses', async () => {
    expect(await resultOf(yongtap(...tap()))).toMatchObject(approved);
  });

  test('records the tap of a card on a reader, which then replays', async () => {
    const recording = join(folder, 'tap.json');
    const { trace } = await resultOf(yongtap(...tap('--reader', 'front', '--record', recording)));
    const [{ input }] = JSON.parse(readFileSync(recording, 'utf8')).vectors;
    expect(input).toMatchObject({ name: 'Front virtual reader 00 00', answerToReset: '3B80800101' });
    expect(input.transcript).toHaveLength(trace.length);
    const replay = yongtap('replay', recording);
    expect(await replay.ended).toBe(0);
    expect(replay.lines.join('')).toContain('1 passed, 0 failed');
    expect((await resultOf(yongtap(...tap('--transcript', recording)))).reason).toBe('approved');
  });

  test('lists the readers and what lies on them', async () => {
    const readers = await resultOf(yongtap('readers', '--json'));
    expect(readers).toMatchObject([
      { name: 'Front virtual reader 00 00', card: 'present', answerToReset: '3B80800101', kind: 'contactless' },
      { name: 'Back virtual reader 01 00', card: 'absent' },
    ]);
    const listing = yongtap('readers');
    expect(await listing.ended).toBe(0);
    expect(listing.lines.join('\n')).toMatch(/^Front virtual reader 00 00 +card present\n +a contactless chip card/);
  });

  test('takes the card away at Ctrl-C, and ends well', async () => {
    presenting().process.kill('SIGINT');
    expect(await presenting().ended).toBe(0);
    const run = yongtap(...tap('--reader', 'front', '--timeout', '0.2'));
    expect(await run.ended).not.toBe(0);
    expect(run.lines.join('')).not.toMatch(/approved/);
  });

  test('starts a service for the card, and runs a program that finds it there', async () => {
    await service.stop();
    const present = ['card', 'present', cardFile, '--reader', 'Gate', '--', process.execPath, program()];
    for (;;) {
      const run = yongtap(...present, ...tap('--reader', 'gate'));
      // Where the machine has room for one service only, another test file may be having it.
      if ((await run.ended) === 3) await sleep(500);
      else {
        expect(await resultOf(run)).toMatchObject(approved);
        return;
      }
    }
  });
});
