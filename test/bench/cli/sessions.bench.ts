import { constants, createPublicKey, publicDecrypt } from 'node:crypto';
import { afterAll, bench, describe } from 'vitest';
import { readVectors } from '../../emv/read-vectors.js';
import { buildProgram } from '../../support/build-program.js';

const program = await buildProgram('src/cli/replay/run-vectors.ts');
afterAll(program.remove);
const { runVectors }: typeof import('../../../src/cli/replay/run-vectors.js') = await import(program.path);

const files = ['session-qpboc-made', 'session-qpboc-minted', 'session-qpboc-recorded'].map((name) => ({
  path: name,
  file: { suite: name, vectors: readVectors(name, 'session') },
}));
const count = files.reduce((sum, { file }) => sum + file.vectors.length, 0);

/** How many RSA keys a session opens, by its expectation: three where it authenticates. */
const authenticated = files
  .flatMap(({ file }) => file.vectors)
  .filter(({ expect }) => (expect as { oda?: { ok?: boolean } }).oda?.ok === true).length;
const modulus = (bits: number): string => Buffer.alloc(bits / 8, 0xb5).toString('base64url');
const open = (bits: number) => {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: modulus(bits), e: 'Aw' } });
  const block = Buffer.alloc(bits / 8, 0x55);
  return () => publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
};
/** The lengths of most of these cards: authority, issuer, card. */
const chain = [1408, 1408, 1152].map(open);

/** A run of some 5,000 sessions, after as many to warm up. */
const rounds = { iterations: 60, time: 0, warmupIterations: 60, warmupTime: 0 };

describe(`replay ${count} sessions, of which ${authenticated} authenticate to their end`, () => {
  bench(
    'the RSA alone, its keys ready',
    () => {
      for (let session = 0; session < authenticated; session++) for (const link of chain) link();
    },
    rounds,
  );
  bench(
    'replay',
    async () => {
      for await (const { passed, id } of runVectors(files, () => 0)) if (!passed) throw new Error(id);
    },
    rounds,
  );
});
