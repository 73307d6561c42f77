import { createHash, createHmac } from 'node:crypto';

const SECRET_LENGTH = 32;

/**
 * Secrets have 256 random bits, so that one round of SHA-256 hides them well enough at rest. They are looked up by that
 * hash: how long a comparison of hashes takes tells nothing of a secret.
 */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

export const makeSecret = (random: (length: number) => Uint8Array): string =>
  `yt_${Buffer.from(random(SECRET_LENGTH)).toString('base64url')}`;

/**
 * What signs requests. It is made of the gateway's own key and the hash of the secret, so that the database, which
 * knows the hash alone, neither holds it nor gives it away.
 */
export const signingSecretOf = (signingKey: Uint8Array, secretHash: string): string =>
  `ys_${createHmac('sha256', signingKey).update(secretHash).digest('base64url')}`;
