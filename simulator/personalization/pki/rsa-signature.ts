import forge from 'node-forge';
import { fromAscii, toAscii } from '../../../emv/bytes.js';
import type { RsaKey } from './generate-rsa-key.js';

const toForge = (number: bigint) => new forge.jsbn.BigInteger(number.toString(16), 16);

/** The bare RSA operation with the private key (EMV 4.3 Book 2 B2.1.2) on a block as long as the modulus. */
export function signBlock(key: RsaKey, block: Uint8Array): Uint8Array {
  if (block.length !== key.length) throw new RangeError(`${block.length} bytes for a key of ${key.length}`);
  const [p, q] = key.primes;
  const privateKey = forge.pki.setRsaPrivateKey(
    toForge(key.modulus),
    toForge(key.publicExponent),
    toForge(key.privateExponent),
    toForge(p),
    toForge(q),
    toForge(key.privateExponent % (p - 1n)),
    toForge(key.privateExponent % (q - 1n)),
    toForge(q).modInverse(toForge(p)),
  );
  return fromAscii(privateKey.decrypt(toAscii(block), 'RAW'));
}
