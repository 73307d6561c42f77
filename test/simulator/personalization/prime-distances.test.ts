import { expect, test } from 'vitest';
import { loadProfile, profileNames, TEST_PKI_SEED } from '../../../simulator/index.js';
import { findPrimeDistances } from '../../../simulator/personalization/pki/generate-rsa-key.js';
import { issuerNames } from '../../../simulator/personalization/pki/issuers.js';

/** Every key of the default chain and of the cards in the box, and those of the strangers that forge some of them. */
function keysInTheBox(): (readonly [seed: string, bits: number, publicExponent: 3 | 65537])[] {
  const cards = profileNames()
    .map(loadProfile)
    .filter(({ applications }) => applications.some((one) => one.publicKeyAlgorithms.includes('rsa')));
  return [
    [`${TEST_PKI_SEED}/ca`, 1984, 65537],
    ...issuerNames.map((name) => [`${TEST_PKI_SEED}/issuer/${name}/rsa`, 1408, 3] as const),
    [`${TEST_PKI_SEED}/ca/stranger`, 1984, 65537],
    [`${TEST_PKI_SEED}/issuer/bank-of-china/stranger`, 1408, 3],
    ...cards.flatMap(({ keyBits, flaw, applications: [first] }) => {
      const seed = `${TEST_PKI_SEED}/card/${first!.pan}`;
      const names = flaw === 'signs-with-another-key' ? ['rsa', 'forged'] : ['rsa'];
      return names.map((name) => [`${seed}/${name}`, keyBits, 3] as const);
    }),
  ];
}

test('the distances that are kept are those that the search finds', async () => {
  const lines = keysInTheBox().map(([seed, bits, exponent]) => {
    const [p, q] = findPrimeDistances(seed, bits, exponent);
    return `  "${seed} ${bits} ${exponent}": [${p}, ${q}]`;
  });
  const file = '../../../simulator/personalization/pki/prime-distances.json';
  await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot(file);
});
