import { constants, createPrivateKey, generateKeyPairSync, privateEncrypt, publicDecrypt } from 'node:crypto';
import { bench, describe } from 'vitest';
import { tapCard } from '../../../src/terminal/index.js';
import { cardOf, gate } from '../../terminal/tap/tap-fixture.js';

/**
 * A tap cannot be faster than the RSA in it: the card signs once with its key of 1152 bits, the terminal opens the
 * issuer's certificate (authority of 1984 bits), the card's (issuer of 1408) and the signature.
 */
const raw = (bits: number) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: bits === 1984 ? 65537 : 3 });
  const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const block = new Uint8Array(bits / 8).fill(1, 1);
  const options = { key, padding: constants.RSA_NO_PADDING };
  const signed = privateEncrypt(options, block);
  return { sign: () => privateEncrypt(options, block), open: () => publicDecrypt(options, signed) };
};
const [authority, issuer, card] = [1984, 1408, 1152].map(raw);
const { channel } = cardOf('service-card-51');

describe('a whole tap against the RSA that it must contain', () => {
  bench('one signature, three openings', () => {
    card!.sign();
    for (const key of [authority, issuer, card]) key!.open();
  });

  bench('tap of a software card, from SELECT to the tap record', async () => {
    const result = await tapCard(gate(channel));
    if (!result.accepted) throw new Error(result.reason);
    await channel.reset();
  });
});
