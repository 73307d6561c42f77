import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { RsaPrivateKey } from '../../../simulator/rsa/rsa-private-key.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { tapCard } from '../../../src/terminal/index.js';
import { gate, pki, seededRandom } from '../../terminal/tap/tap-fixture.js';

const toNumber = (hex: string) => BigInt(`0x${hex}`);

export interface SoftwareTap {
  /** Of the card's key. */
  readonly bits: number;
  tap(): Promise<void>;
  /** The private operation of the card's key on a block of its length. */
  sign(block: Uint8Array): Uint8Array;
}

/** A software card of a profile before a gate, in this process. */
export function softwareTap(profile: string): SoftwareTap {
  const file = issueCard(loadProfile(profile), pki);
  const channel = createSoftwareChannel(openCard(file, { random: seededRandom() }), profile);
  const options = gate(channel);
  const { modulus, publicExponent, privateExponent, primes } = file.privateKey!;
  const key = new RsaPrivateKey(
    {
      modulus: toNumber(modulus),
      publicExponent: toNumber(publicExponent),
      privateExponent: toNumber(privateExponent),
      primes: primes.map(toNumber),
    },
    modulus.length / 2,
  );
  return {
    bits: modulus.length * 4,
    sign: (block) => key.sign(block),
    async tap() {
      const result = await tapCard(options);
      if (!result.accepted) throw new Error(result.reason);
      await channel.reset();
    },
  };
}
