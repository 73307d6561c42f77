import type { CertificationAuthorityKey } from '../../../../emv/keys/index.js';
import type { IssuerKey } from '../../evidence/index.js';
import type { ExaminedRecord } from './examined-record.js';
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

/** The outcomes in the order of the texts, as JSON, and what was sealed of all of them, one behind the other. */
export interface Examined {
  readonly outcomes: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly keptCertificates: KeptCertificates;
}

/** `thrown`: the message of what was thrown, which would be a mistake in the gateway. */
export type Outcome =
  | Exclude<Reading, ReadTap>
  | (Pick<ReadTap, 'record'> & { readonly examined: Omit<ExaminedRecord, 'sealed'>; readonly sealedLength: number })
  | { readonly thrown: string };
