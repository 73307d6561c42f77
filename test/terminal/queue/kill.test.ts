import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { openQueue, temporaryFolder } from './queue-fixture.js';

async function appendingProgram(): Promise<string> {
  const { path, remove } = await buildProgram('test/terminal/queue/append-for-ever.ts');
  onTestFinished(remove);
  return path;
}

/** Runs the program and kills it with signal 9 after it has said `lines` lines and some microseconds more. */
async function runAndKill(program: string, folder: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

test('the folder belongs to one process until that dies, however it dies', async () => {
  const program = await appendingProgram();
  const folder = temporaryFolder();
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await expect(openQueue(folder)).rejects.toMatchObject({ code: 'queue-in-use' });
  child.stdout.resume();
  child.kill('SIGKILL');
  await once(child, 'close');
  const queue = await openQueue(folder);
  await queue.close();
});

test('a process killed in the middle of its work has kept every tap that it said was kept, and invents none', async () => {
  const program = await appendingProgram();
  const folder = temporaryFolder();
  let kept = 0;
  const answered = new Set<number>();
  for (let round = 0; round < 12; round++) {
    const lines = await runAndKill(program, folder, 1 + ((round * 37) % 60));
    for (const line of lines) {
      const [word, number] = line.split(' ');
      if (word === 'answered') answered.add(Number(number));
      else if (word === 'kept') expect(Number(number)).toBe(++kept);
    }
    const queue = await openQueue(folder, { segmentBytesMax: 8000 });
    const pending = await queue.pending(10_000);
    const sequences = pending.map((tap) => tap.sequence);
    expect(queue.missingSequences).toEqual([]);
    expect(queue.setAside).toEqual([]);
    expect(queue.nextSequence - 1 - kept, 'taps kept but not yet said').toBeGreaterThanOrEqual(0);
    kept = queue.nextSequence - 1;
    for (const tap of pending) expect(tap.amountFen).toBe(tap.sequence);
    for (const sequence of answered) expect(sequences).not.toContain(sequence);
    const gone = kept - sequences.length;
    expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, index) => gone + index + 1));
    expect(gone - answered.size, 'answers kept but not yet said').toBeGreaterThanOrEqual(0);
    for (let sequence = 1; sequence <= gone; sequence++) answered.add(sequence);
    await queue.close();
  }
  expect(kept).toBeGreaterThan(12);
}, 60_000);
