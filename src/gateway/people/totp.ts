import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;

/** Codes of the step before and the step behind are good too: clocks differ, and typing takes a while (RFC 6238 §5.2). */
const DRIFT_STEPS = 1;

/** As every authenticator has it: SHA-1, 160 bits (RFC 4226 §4). */
export const TOTP_SECRET_LENGTH = 20;

export const totpStep = (atMs: number): number => Math.floor(atMs / 1000 / STEP_SECONDS);

/** The code of one step of time (RFC 4226 §5.3); `digits`: 6 for all authenticators, 8 in the RFC's vectors. */
export function totpCode(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const number = hash.readUInt32BE(hash[19]! & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step of time of a code that is good now, or `undefined`. All steps are looked at, so that time tells nothing. */
export function matchingStep(secret: Uint8Array, code: string, atMs: number): number | undefined {
  const now = totpStep(atMs);
  const given = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS));
  if (given.length !== DIGITS || code.length !== DIGITS) return undefined;
  let found: number | undefined;
  for (let step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++) {
    if (step >= 0 && timingSafeEqual(Buffer.from(totpCode(secret, step)), given)) found = step;
  }
  return found;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648 §6), as authenticators have secrets typed. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What a QR code for an authenticator holds. */
export function otpauthUri(secret: Uint8Array, { issuer, name }: { readonly issuer: string; readonly name: string }) {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  const query = new URLSearchParams({
    secret: base32(secret),
    issuer,
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  });
  return `otpauth://totp/${label}?${query}`;
}
