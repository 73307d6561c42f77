import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { tapCard } from '../../../src/terminal/index.js';
import { gate, pki, seededRandom } from '../../terminal/tap/tap-fixture.js';

/** A software card of a profile before a gate, in this process. */
export function softwareTap(profile: string): { readonly bits: number; tap(): Promise<void> } {
  const file = issueCard(loadProfile(profile), pki);
  const channel = createSoftwareChannel(openCard(file, { random: seededRandom() }), profile);
  const options = gate(channel);
  return {
    bits: file.privateKey!.modulus.length * 4,
    async tap() {
      const result = await tapCard(options);
      if (!result.accepted) throw new Error(result.reason);
      await channel.reset();
    },
  };
}
