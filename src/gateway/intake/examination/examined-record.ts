import type { EvidenceRefusal } from '../../evidence/index.js';

/** What can be known of a tap without the books and without the time. Holds no card number. */
export interface ExaminedRecord {
  readonly id: string;
  /** Of the record's identity: another record under it has the same. */
  readonly identity: string;
  readonly contentHash: string;
  readonly sealed: Uint8Array;
  /** Empty where no card number could be read. */
  readonly cardToken: string;
  readonly cardMask: string;
  /** Absent where the card has not proved that it made the tap; `refusal` then says why. */
  readonly proof?: { readonly chip: string; readonly atc: number } | undefined;
  /** Whether the cryptogram was computed anew with a key of the card's issuer. */
  readonly isCryptogramVerified: boolean;
  readonly refusal?: EvidenceRefusal | undefined;
}
