import { constants, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';

const program = await buildProgram('test/bench/terminal/software-tap.ts');
afterAll(program.remove);
const { softwareTap }: typeof import('./software-tap.js') = await import(program.path);

/** Until everything that a tap runs through has been compiled. */
const long = { warmupTime: 3000, time: 3000 };

/**
 * A tap cannot be faster than the card's signature in it: one raw private operation of a key of its length. The rest
 * of a tap is the card's cryptograms, the terminal's checks of certificates and signature, the commands between them,
 * and the tap record.
 */
for (const profile of ['service-card-51', 'service-card-51-rural-credit']) {
  const { bits, tap } = softwareTap(profile);
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 3 });
  const block = new Uint8Array(bits / 8).fill(1, 1);

  describe(`a whole tap against the signature in it, ${bits} bits`, () => {
    bench(
      'one raw private operation',
      () => {
        privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
      },
      long,
    );
    bench('tap of a software card, from SELECT to the tap record', tap, long);
  });
}
