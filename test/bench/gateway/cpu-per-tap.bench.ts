import { once as onEvent } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';
import { inTurn, type Post, ROUNDS_COUNTED, tapsOfRounds } from './rounds.js';
import { postBatch, postSingly, serve, stop } from './served.js';

const PROFILED = 2;

const taps = await tapsOfRounds(PROFILED);
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the time of the thread goes that answers and keeps the books, once it is warm. */
async function tellLayers(title: string, postAll: Post): Promise<void> {
  const served = await serve(program.path, 'gateway', mkdtempSync(join(folder, 'books-')));
  await inTurn([served], taps, postAll);
  served.child.send('profile');
  await onEvent(served.child, 'message');
  for (let round = ROUNDS_COUNTED; round < ROUNDS_COUNTED + PROFILED; round++) await postAll(served, taps(round));
  served.child.send('profiled');
  const [layers] = (await onEvent(served.child, 'message')) as [[string, number][]];
  stop(served);
  const sum = layers.reduce((total, [, ms]) => total + ms, 0);
  const lines = layers.map(([layer, ms]) => `  ${((ms / sum) * 100).toFixed(1).padStart(5)} % ${layer}`);
  console.log([`${title}:`, ...lines].join('\n'));
}

describe('where the processor time of a tap goes', () => {
  bench(
    'one by one',
    once(() => tellLayers('one by one', postSingly)),
    once.options,
  );
  bench(
    'as batches',
    once(() => tellLayers('as batches', postBatch)),
    once.options,
  );
});
