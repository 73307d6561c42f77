import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { createCardFile, issueCard, loadProfile } from '../../../simulator/index.js';
import { runProgram } from '../../readers/run-program.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { buildProgram } from '../../support/build-program.js';
import { pki } from '../../terminal/tap/tap-fixture.js';
import type { TapOverPcsc } from './tap-over-pcsc.js';

/**
 * A tap over the PC/SC service against the same commands sent bare, with the package alone and nothing looked at. The
 * card is in another process. Both are tried in turn, and the medians compared: a disk has slow minutes. The terminal is
 * measured as it is shipped, not through the test runner, and after some thousand taps, as a gate's is.
 */
const cards = [
  /** Plastic takes longer for each. */
  { name: 'a card that takes 10 ms for each command', options: ['--fault', 'late@*:10'], pairs: 40 },
  { name: 'a card that keeps its state on the disk, as card present shows it', options: [], pairs: 300 },
  { name: 'a card in memory, as no card is', options: undefined, pairs: 1000 },
] as const;
const WARMING = 0.4;

const service = await startVirtualReaders({
  readers: cards.map((_, index) => ({ name: `Reader ${index}` })),
}).catch((error: Error) => {
  console.warn(`LEFT OUT, for want of pcsc: ${error.message}`);
});
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const inMemory = await buildProgram('test/readers/programs/present-card.ts');
const program = await buildProgram('test/bench/readers/tap-over-pcsc.ts');
const { tapOverPcsc }: typeof import('./tap-over-pcsc.js') = await import(program.path);

async function present(slot: number): Promise<TapOverPcsc> {
  const { name, socketPath } = service!.slots[slot]!;
  const { options } = cards[slot]!;
  const file = join(folder, `card-${slot}.json`);
  createCardFile(file, issueCard(loadProfile('service-card-51'), pki), { replace: false });
  const run = options
    ? runProgram('bin/yongtap.js', ['card', 'present', file, '--socket', socketPath, ...options])
    : runProgram(inMemory.path, ['service-card-51', socketPath]);
  const tap = await tapOverPcsc(name, slot);
  return {
    ...tap,
    async end() {
      await tap.end();
      run.process.kill();
      await run.ended;
    },
  };
}

/** How long a tap takes of the time of its commands bare, and that time. */
async function inTurn({ bare, tap }: TapOverPcsc, pairs: number): Promise<string> {
  const times: Record<'bare' | 'tap', number[]> = { bare: [], tap: [] };
  for (let pair = 0; pair < pairs; pair++) {
    for (const [name, action] of pair % 2 === 0
      ? ([
          ['bare', bare],
          ['tap', tap],
        ] as const)
      : ([
          ['tap', tap],
          ['bare', bare],
        ] as const)) {
      const start = performance.now();
      await action();
      if (pair >= pairs * WARMING) times[name].push(performance.now() - start);
    }
  }
  const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1]!;
  return `${(median(times.tap) / median(times.bare)).toFixed(2)} times ${median(times.bare).toFixed(1)} ms`;
}

const presented: TapOverPcsc[] = [];
for (const [slot, { name, pairs }] of service ? cards.entries() : []) {
  const card = await present(slot);
  presented.push(card);
  console.log(`a tap over PC/SC, ${name}, in turn with its commands bare: ${await inTurn(card, pairs)}`);
}

afterAll(async () => {
  for (const { end } of presented) await end();
  await service?.stop();
  inMemory.remove();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!service).each(cards.map(({ name }, slot) => [name, slot] as const))(
  'a tap over PC/SC, %s',
  (_, slot) => {
    bench('the limit: the same commands, bare', () => presented[slot]!.bare());
    bench('a tap of the terminal', () => presented[slot]!.tap());
  },
);
