import type { CertificationAuthorityKeyStore } from '../../keys/index.js';
import type { DataMap } from '../../tlv/index.js';

/** What a terminal brings to a qPBOC transaction. */
export interface QpbocTerminal {
  /**
   * Terminal data by tag: 9F66 as it stands before preliminary processing, 9F02, 5F2A, 9A, 9C, 9F1A, 9F35 …; limits
   * DF19 (floor), DF20 (transaction), DF21 (cardholder verification), n12 each, and 9F1B; DF60 where the terminal has
   * the small-payment extension of part 14.
   */
  readonly data: DataMap;
  /** Names of applications that the terminal knows, whole or their first 5 bytes and more. Default: UnionPay's RID. */
  readonly applicationIdentifiers?: readonly Uint8Array[] | undefined;
  /** 4 bytes, 9F37. */
  readonly unpredictableNumber: Uint8Array;
  /** The terminal's day, YYYY-MM-DD. */
  readonly date: string;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string> | undefined;
  /** `pan` in digits; `panSequenceNumber` two digits, `00` where the card has none. */
  readonly isInExceptionFile?: ((pan: string, panSequenceNumber: string) => boolean) | undefined;
  /** Whether an amount of one unit of currency is a status check, which goes online. Default: off. */
  readonly statusCheck?: boolean | undefined;
}

/** UnionPay's registered application provider identifier. */
export const DEFAULT_APPLICATION_IDENTIFIERS: readonly Uint8Array[] = [Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x33)];
