import { constants, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';

const program = await buildProgram('test/bench/terminal/software-tap.ts');
afterAll(program.remove);
const { softwareTap }: typeof import('./software-tap.js') = await import(program.path);

const BLOCK = 50;
/** The first ones until everything that a tap runs through has been compiled. */
const BLOCKS = { warm: 100, counted: 100 };

/** Milliseconds of each of them in each block, in turn, so that all have the same neighbours on the machine. */
async function inTurn<Name extends string>(
  work: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let block = 0; block < BLOCKS.warm + BLOCKS.counted; block++) {
    for (const name of names) {
      const began = performance.now();
      for (let count = 0; count < BLOCK; count++) await work[name]();
      if (block >= BLOCKS.warm) times[name].push((performance.now() - began) / BLOCK);
    }
  }
  return times;
}

const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other);

function compare(one: readonly number[], other: readonly number[]): string {
  const middle = (values: readonly number[]) => sorted(values)[values.length >> 1]!;
  const [rate, quickest] = [middle(one) / middle(other), sorted(one)[0]! / sorted(other)[0]!];
  return `${rate.toFixed(2)} (the quickest against the quickest ${quickest.toFixed(2)})`;
}

/**
 * A tap cannot be faster than the card's signature in it. What it is held against is one raw private operation of a
 * key of its length as OpenSSL makes keys, and that of the card's own key, which has primes that are quicker. The rest
 * of a tap is the card's cryptograms, the terminal's checks of certificates and signature, the commands between them,
 * and the tap record.
 */
for (const profile of ['service-card-51', 'service-card-51-rural-credit']) {
  const { bits, tap, sign } = softwareTap(profile);
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 3 });
  const block = new Uint8Array(bits / 8).fill(1, 1);

  describe(`a tap of a software card of ${bits} bits, from SELECT to the tap record`, () => {
    bench(
      'in turn with one raw private operation',
      once(async () => {
        const times = await inTurn({
          raw: () => privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block),
          own: () => sign(block),
          tap,
        });
        const rates = `${compare(times.raw, times.tap)} of the rate of one raw private operation`;
        console.log(`a tap, ${bits} bits: ${rates}; ${compare(times.own, times.tap)} of that with its own key`);
      }),
      once.options,
    );
  });
}
