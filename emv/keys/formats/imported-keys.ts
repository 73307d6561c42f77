import type { CertificationAuthorityKey } from '../certification-authority-key.js';
import type { KeyErrorCode } from '../key-error.js';

export type CaKeyFormat = 'json' | 'xml' | 'tlv' | 'table' | 'sm2-authority';

export type ImportNote = 'no-checksum' | 'checksum-not-one' | 'self-signature-good' | 'expiry-not-31-december';

/** A key as a file had it, not yet checked; `place` says where it stood. */
export interface ImportedKey {
  readonly place: string;
  readonly key: CertificationAuthorityKey;
  readonly notes: readonly ImportNote[];
}

/** A revoked issuer certificate: RID ‖ index ‖ serial number, 9 bytes in upper-case hex. */
export interface ImportedRevocation {
  readonly place: string;
  readonly certificate: string;
}

export interface ImportFault {
  readonly place: string;
  readonly code: ImportFaultCode;
  readonly field?: string;
}

export type ImportFaultCode = Extract<
  KeyErrorCode,
  'key-field-missing' | 'key-field-not-hex' | 'key-expiry-invalid' | 'key-self-signature-wrong' | 'key-entry-unreadable'
>;

export interface CaKeyFile {
  readonly format: CaKeyFormat;
  readonly keys: readonly ImportedKey[];
  readonly revocations: readonly ImportedRevocation[];
  readonly faults: readonly ImportFault[];
}

/** One entry of a file, its fields as text under the names that we give them. */
export interface RawEntry {
  readonly place: string;
  readonly fields: Readonly<EntryFields>;
  readonly notes?: readonly ImportNote[];
  readonly fault?: ImportFaultCode;
}

export type EntryFields = Partial<Record<FieldName, string>>;

export type FieldName =
  | 'rid'
  | 'index'
  | 'modulus'
  | 'exponent'
  | 'checksum'
  | 'expires'
  | 'algorithm'
  | 'publicKey'
  | 'use'
  | 'serialNumber';
