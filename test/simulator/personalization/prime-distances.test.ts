import { expect, test } from 'vitest';
import { loadProfile, profileNames, TEST_PKI_SEED } from '../../../simulator/index.js';
import { cardPrimeBits } from '../../../simulator/personalization/pki/generate-card-key.js';
import {
  findPrimeDistances,
  keyName,
  type PublicExponent,
} from '../../../simulator/personalization/pki/generate-rsa-key.js';
import { issuerNames } from '../../../simulator/personalization/pki/issuers.js';

type KeyInTheBox = readonly [seed: string, publicExponent: PublicExponent, primeBits: readonly number[]];

/** Every key of the default chain and of the cards in the box, and those of the strangers that forge some of them. */
function keysInTheBox(): KeyInTheBox[] {
  const cards = profileNames()
    .map(loadProfile)
    .filter(({ applications }) => applications.some((one) => one.publicKeyAlgorithms.includes('rsa')));
  return [
    [`${TEST_PKI_SEED}/ca`, 65537, [992, 992]],
    ...issuerNames.map((name): KeyInTheBox => [`${TEST_PKI_SEED}/issuer/${name}/rsa`, 3, [704, 704]]),
    [`${TEST_PKI_SEED}/ca/stranger`, 65537, [992, 992]],
    [`${TEST_PKI_SEED}/issuer/bank-of-china/stranger`, 3, [704, 704]],
    ...cards.flatMap(({ keyBits, flaw, applications: [first] }) => {
      const seed = `${TEST_PKI_SEED}/card/${first!.pan}`;
      const names = flaw === 'signs-with-another-key' ? ['rsa', 'forged'] : ['rsa'];
      return names.map((name): KeyInTheBox => [`${seed}/${name}`, 3, cardPrimeBits(keyBits)]);
    }),
  ];
}

test('the distances that are kept are those that the search finds', async () => {
  const lines = keysInTheBox().map((key) => `  "${keyName(...key)}": [${findPrimeDistances(...key).join(', ')}]`);
  const file = '../../../simulator/personalization/pki/prime-distances.json';
  await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot(file);
});
