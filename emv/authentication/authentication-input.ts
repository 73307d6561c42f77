import type { CertificationAuthorityKeyStore } from '../keys/index.js';
import type { DataMap } from '../tlv/index.js';

/** What every offline data authentication looks at. All bytes of `data` and `staticData` come from the card. */
export interface OfflineDataAuthenticationInput {
  /** Registered application provider identifier in hex: the first 5 bytes of the AID. */
  readonly rid: string;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** The day of the transaction, YYYY-MM-DD. Another form lets every certificate expire. */
  readonly date: string;
  /** Card data by tag: 5A, 82, 8F, 90, 92, 93, 9F32, 9F46, 9F47, 9F48, 9F4A, 9F4B … */
  readonly data: DataMap;
  /** Records in AFL order, before what 9F4A adds; see `staticDataToAuthenticate`. */
  readonly staticData: Uint8Array | undefined;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string> | undefined;
}
