import type { CertificationAuthorityKey } from '../../../../emv/keys/index.js';
import type { IssuerKey } from '../../evidence/index.js';
import type { JoinedTaps } from '../joined-taps.js';
import type { KeptCertificates } from './examiner.js';
import type { Reading, ReadTap } from './read-text.js';

/** What an examiner's thread is begun with. */
export interface ThreadSetUp {
  readonly caKeys: readonly CertificationAuthorityKey[];
  readonly issuerKeys: readonly IssuerKey[] | undefined;
  readonly revoked: ReadonlySet<string> | undefined;
  readonly tokenKey: Uint8Array;
  readonly recordKeys: readonly Uint8Array[] | undefined;
}

/** Records to be examined, each as its JSON: a text is cheaper to copy than its objects. */
export interface ToExamine {
  readonly texts: readonly string[];
  /** Where they are others than before. */
  readonly issuerKeys?: readonly IssuerKey[] | undefined;
}

/** What became of the texts: the taps in their order, and by its place whatever is none. */
export interface Examined {
  readonly taps: JoinedTaps;
  /** Whose taps they are. */
  readonly operators: readonly string[];
  readonly others: readonly (readonly [place: number, OtherOutcome])[];
  readonly keptCertificates: KeptCertificates;
}

/** `thrown`: the message of what was thrown, which would be a mistake in the gateway. */
export type OtherOutcome = Exclude<Reading, ReadTap> | { readonly thrown: string };
