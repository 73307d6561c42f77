import type { TrustedKey } from '../../keys/index.js';
import type { OdaFailure } from '../oda-result.js';
import type { SignedThing, Witness } from '../witness.js';

/** Keeps what it sees, and lets an authentication go on as far as it can. */
export class ChainWitness implements Witness {
  caKey: TrustedKey | undefined;
  readonly contents = new Map<SignedThing, Uint8Array>();
  readonly digests = new Map<SignedThing, Uint8Array>();
  readonly companions = new Map<SignedThing, Uint8Array>();
  readonly failures: OdaFailure[] = [];

  used(caKey: TrustedKey): void {
    this.caKey = caKey;
  }

  opened(thing: SignedThing, content: Uint8Array): void {
    this.contents.set(thing, content);
  }

  hashed(thing: SignedThing, digest: Uint8Array): void {
    this.digests.set(thing, digest);
  }

  signedWith(thing: SignedThing, bytes: Uint8Array): void {
    this.companions.set(thing, bytes);
  }

  goesOnAfter(failure: OdaFailure): boolean {
    this.failures.push(failure);
    return true;
  }
}
