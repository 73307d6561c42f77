import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.js';
import { Random } from './random.js';
import { smallest } from './smallest.js';
import { targets } from './targets/index.js';
import { noveltyOf, outcomeOf, tryInput } from './try-input.js';
import { Watched } from './watched.js';

/** What the main thread hands over. */
export interface Work {
  readonly target: string;
  readonly seed: number;
  readonly milliseconds: number;
  readonly shared: SharedArrayBuffer;
  /** Tried before anything is altered. */
  readonly inputs: readonly Uint8Array[];
}

export interface Report {
  readonly runs: number;
  readonly kept: number;
  readonly finding?: { readonly input: Uint8Array; readonly error: string };
}

const CORPUS_MAX = 2000;
/** Every so many runs an input is tried a second time, and has to come to the same end. */
const TWICE_EVERY = 8;

async function work({ target: name, seed, milliseconds, shared, inputs }: Work): Promise<Report> {
  const target = targets.find((known) => known.name === name)!;
  const random = new Random(seed);
  const watched = new Watched(shared);
  const known = new Set<string>();
  const corpus: Uint8Array[] = [];
  const end = performance.now() + milliseconds;
  const first = [...inputs, ...target.seeds()];
  let begun = 0;
  for (let runs = 0; ; runs++) {
    // In turn with altered ones: where seeds are many and slow, they would leave no time for anything else.
    const isFirst = begun < first.length && (begun < inputs.length || runs % 2 === 0);
    if (begun === first.length && performance.now() >= end) return { runs, kept: corpus.length };
    const input = isFirst ? first[begun++]! : mutate(target, corpus.length > 0 ? corpus : [new Uint8Array(1)], random);
    watched.begin(input);
    try {
      const outcome = await (isFirst || runs % TWICE_EVERY === 0 ? tryInput : outcomeOf)(target, input);
      const novelty = noveltyOf(outcome);
      if ((known.has(novelty) && !isFirst) || corpus.length >= CORPUS_MAX) continue;
      known.add(novelty);
      corpus.push(Uint8Array.from(input));
    } catch (error) {
      const found = await smallest(target, input, error, (tried) => watched.begin(tried));
      return { runs, kept: corpus.length, finding: found };
    }
  }
}

parentPort!.postMessage(await work(workerData as Work));
