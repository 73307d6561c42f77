import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const SECRET_LENGTH = 32;
const PREFIX = 'whsec_';

export const newWebhookSecret = (random: (length: number) => Uint8Array): string =>
  `${PREFIX}${Buffer.from(random(SECRET_LENGTH)).toString('base64')}`;

/** Keeps the secrets of receivers: they sign each delivery, so that a hash of them would not do. */
export interface SecretSeal {
  seal(secret: string): Uint8Array;
  /** Throws for another key or changed bytes. */
  open(sealed: Uint8Array): string;
}

/** AES-256-GCM (NIST SP 800-38D) under a key of its own, made from the gateway's. */
export function createSecretSeal(gatewayKey: Uint8Array, random: (length: number) => Uint8Array): SecretSeal {
  const key = new Uint8Array(hkdfSync('sha256', gatewayKey, new Uint8Array(), 'yongtap webhook secret', 32));
  return {
    seal(secret) {
      const nonce = random(NONCE_LENGTH);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_LENGTH));
      decipher.setAuthTag(sealed.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH));
      return decipher.update(sealed.subarray(NONCE_LENGTH + TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

export interface Signed {
  readonly eventId: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers of a delivery in the manner of Standard Webhooks 1.0: a signature under each secret. */
export function signedHeaders(
  { eventId, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const signatureUnder = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${eventId}.${timestamp}.${body}`)
      .digest('base64');
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${signatureUnder(secret)}`).join(' '),
  };
}
