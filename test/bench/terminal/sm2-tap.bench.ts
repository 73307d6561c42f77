import { createPrivateKey, createSign } from 'node:crypto';
import { bench, describe } from 'vitest';
import { concat, fromHex } from '../../../emv/index.js';
import { issueCard, loadProfile, openCard } from '../../../simulator/index.js';
import { sm2KeyOf } from '../../../simulator/sm2/index.js';
import { createSoftwareChannel } from '../../../src/readers/index.js';
import { tapCard } from '../../../src/terminal/index.js';
import { gate, pki, seededRandom } from '../../terminal/tap/tap-fixture.js';

/** Until everything that a tap runs through has been compiled. */
const long = { warmupTime: 3000, time: 3000 };

/** PKCS #8 of a key of the curve 1.2.156.10197.1.301, up to the number, and between number and point. */
const HEAD = fromHex('308187020100301306072A8648CE3D020106082A811CCF5501822D046D306B0201010420');
const BEFORE_POINT = fromHex('A14403420004');

/**
 * A tap cannot be faster than the card's signature in it: one raw SM2 signature of OpenSSL's. The rest of a tap is the
 * card's cryptograms in SM4, the terminal's three verifications, the commands between them, and the tap record.
 */
describe('a whole tap of SM2 against the signature in it', () => {
  const file = issueCard(loadProfile('service-card-51-sm'), pki);
  const { point } = sm2KeyOf(BigInt(`0x${file.sm2PrivateKey}`));
  const encoded = concat(HEAD, fromHex(file.sm2PrivateKey!), BEFORE_POINT, point);
  const key = createPrivateKey({ key: Buffer.from(encoded), format: 'der', type: 'pkcs8' });
  const message = new Uint8Array(64);
  const channel = createSoftwareChannel(openCard(file, { random: seededRandom() }), 'service-card-51-sm');

  bench(
    'one raw SM2 signature',
    () => {
      createSign('sm3').update(message).sign(key);
    },
    long,
  );

  bench(
    'tap of a software card, from SELECT to the tap record',
    async () => {
      const result = await tapCard(gate(channel));
      if (!result.accepted) throw new Error(result.reason);
      await channel.reset();
    },
    long,
  );
});
