import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type PresentedCard, presentCard, type ReaderService } from '../../simulator/index.js';
import { type BuiltProgram, buildProgram } from '../support/build-program.js';
import { requirePart } from '../support/require-part.js';
import { runProgram } from './run-program.js';
import { ScriptCard } from './script-card.js';
import { startVirtualReaders } from './virtual-readers.js';

/** How programs that use readers end: by themselves, whatever they leave open, and nothing stays behind. */

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders();
});

/** Answers the first command and is mute from then on. */
class FallingSilentCard extends ScriptCard {
  #commands = 0;
  override transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    return this.#commands++ === 0 ? super.transmit(command) : new Promise<never>(() => {});
  }
}

/** The processes whose command line holds the text. */
const processesOf = (text: string) =>
  readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(join('/proc', id, 'cmdline'), 'latin1').includes(text);
    } catch {
      return false;
    }
  });

/** The processor time of a process so far, in milliseconds (proc(5): fields 14 and 15, in hundredths of a second). */
const busyMs = (id: string) => {
  const fields = readFileSync(join('/proc', id, 'stat'), 'latin1')
    .split(') ')[1]!
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

describe.runIf(hasPcsc)('a program that uses readers', () => {
  let program: BuiltProgram;
  let presented: PresentedCard | undefined;
  beforeAll(async () => {
    program = await buildProgram('test/readers/programs/use-reader.ts');
  });
  afterEach(() => presented?.withdraw());
  afterAll(async () => {
    program?.remove();
    await service?.stop();
  });
  const present = async (card: ScriptCard) => {
    presented = await presentCard(card, { socketPath: service.slots[0]!.socketPath });
  };

  describe.each(['smartcard', 'nfc-pcsc'])('through %s', (binding) => {
    test('ends by itself after a tap, and when only the service was closed', async () => {
      for (const end of ['all', 'pcsc']) {
        await present(new ScriptCard());
        const run = runProgram(program.path, [binding, '20000', end]);
        expect(await run.ended).toBe(0);
        expect(run.lines).toEqual(expect.arrayContaining(['answer 079000', 'closed']));
        await presented!.withdraw();
      }
    });

    test('ends by itself with a command under way that is never answered', async () => {
      await present(new FallingSilentCard());
      const run = runProgram(program.path, [binding, '20000', 'all']);
      await run.said('closed');
      await presented!.withdraw();
      expect(await run.ended).toBe(0);
    });

    test('waits without keeping the processor busy, nor the service', async () => {
      const [pcscd] = processesOf(dirname(service.slots[0]!.socketPath));
      const before = busyMs(pcscd!);
      const run = runProgram(program.path, [binding, '3000', 'all']);
      expect(await run.ended).toBe(0);
      expect(run.lines).toContain('failed no-card');
      const busy = Number(run.lines.find((line) => line.startsWith('busy'))!.split(' ')[1]);
      expect(busy, 'milliseconds of 3000').toBeLessThan(1000);
      expect(busyMs(pcscd!) - before, 'milliseconds of 3000').toBeLessThan(1000);
    });

    test('leaves the service idle after a card', async () => {
      const [pcscd] = processesOf(dirname(service.slots[0]!.socketPath));
      await present(new ScriptCard());
      const run = runProgram(program.path, [binding, '20000', 'wait']);
      expect(await run.ended).toBe(0);
      const before = busyMs(pcscd!);
      await sleep(2000);
      expect(busyMs(pcscd!) - before, 'milliseconds of 2000').toBeLessThan(700);
    });

    test('ends by itself when the service ends below it', async () => {
      await present(new FallingSilentCard());
      const run = runProgram(program.path, [binding, '20000', 'wait']);
      await run.said('answer');
      await service.unplug();
      try {
        expect(await run.ended).toBe(0);
        expect(run.lines.filter((line) => line.startsWith('failed'))).toEqual(['failed service-absent']);
      } finally {
        await service.plugIn();
      }
    });

    test('is told at once that no service runs', async () => {
      const run = runProgram(program.path, [binding, '60000', 'all'], { PCSCLITE_CSOCK_NAME: '/nowhere/pcscd.comm' });
      expect(await run.ended).toBe(0);
      expect(run.lines).toContain('failed service-absent');
    });

    test('ends at Ctrl-C in the middle of a wait', async () => {
      const run = runProgram(program.path, [binding, '60000', 'all']);
      await run.said('open');
      await sleep(300);
      run.process.kill('SIGINT');
      expect(await run.ended).toBe('SIGINT');
    });
  });
});

describe.runIf(hasPcsc)('a service with virtual readers', () => {
  test('ends with the program that started it, even when that is killed', async () => {
    const program = await buildProgram('test/readers/programs/serve-readers.ts');
    try {
      const run = runProgram(program.path, []);
      const folder = dirname((await run.said('reader')).slice('reader '.length));
      expect(processesOf(folder)).not.toEqual([]);
      run.process.kill('SIGKILL');
      await run.ended;
      while (processesOf(folder).length > 0) await sleep(20);
    } finally {
      program.remove();
    }
  });

  test('leaves nothing behind when it was stopped, and may be stopped again', async () => {
    const folder = dirname(service.slots[0]!.socketPath);
    await service.stop();
    await service.stop();
    expect(processesOf(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });
});
