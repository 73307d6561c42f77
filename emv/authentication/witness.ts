import type { TrustedKey } from '../keys/index.js';
import { type OdaFailure, type OdaRefusal, type RefusalDetail, refuse } from './oda-result.js';

/** What a public key of EMV signs; the refusals of each are named after it. */
export type SignedThing = 'issuer-certificate' | 'icc-certificate' | 'signed-static-data' | 'signed-dynamic-data';

/** Looks on while an authentication runs, so that what was opened can be shown; see `openChain`. */
export interface Witness {
  /** The key that the issuer certificate was opened with, or that came nearest to it. */
  used(caKey: TrustedKey): void;
  /** What a signature opened to, or the plain bytes before and with an SM2 signature. */
  opened(thing: SignedThing, content: Uint8Array): void;
  /** The hash that the content ought to carry. */
  hashed(thing: SignedThing, digest: Uint8Array): void;
  /** The bytes that are signed together with the content: static data, or the terminal's part of dynamic data. */
  signedWith(thing: SignedThing, bytes: Uint8Array): void;
  /** A check failed that does not hinder the ones after it. True: go on, to see them too. */
  goesOnAfter(failure: OdaFailure): boolean;
}

/**
 * The failure of a check that the later ones do not depend on; `undefined` where it holds, or where a witness wants to
 * see what comes after it.
 */
export function objection(
  witness: Witness | undefined,
  holds: boolean,
  reason: OdaRefusal,
  detail?: () => RefusalDetail,
): OdaFailure | undefined {
  if (holds) return undefined;
  const failure = refuse(reason, detail?.());
  return witness?.goesOnAfter(failure) ? undefined : failure;
}
