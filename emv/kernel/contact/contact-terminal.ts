import type { CertificationAuthorityKeyStore } from '../../keys/index.js';
import type { DataMap } from '../../tlv/index.js';
import type { TerminalApplication } from './candidate.js';

/** Parameters of random selection for online processing (JR/T 0025.6-2013 7.8.7); amounts in the smallest unit. */
export interface RandomSelection {
  /** Below it every amount is chosen with the same probability, above it with one that grows. */
  readonly threshold: number;
  /** 0 to 99. */
  readonly targetPercentage: number;
  /** `targetPercentage` to 99. */
  readonly maximumTargetPercentage: number;
  /** 1 to 99, drawn for this transaction. */
  readonly randomNumber: number;
}

/** Habits of the field that differ from JR/T 0025-2013, or that it leaves to the terminal. All default to the standard. */
export interface ContactOptions {
  /** Codes 04 and 05 of the CVM list (EMV 4.3 Book 3 Annex C3); PBOC reserves them. Default: off. */
  readonly encipheredPin?: boolean | undefined;
  /** Sets "SDA selected" (95, byte 1, bit 2; EMV 4.3 Book 3 Annex C5), which PBOC reserves. Default: off. */
  readonly marksStaticDataAuthenticationSelected?: boolean | undefined;
  /** Takes an object that comes twice with the same value (field); PBOC terminates (part 6, 7.4.4). Default: off. */
  readonly acceptsRepeatedData?: boolean | undefined;
  /** Ends on 6985 to EXTERNAL AUTHENTICATE instead of marking it as failed (part 6, 7.11.4.3 step 5). Default: off. */
  readonly terminatesOnRefusedIssuerAuthentication?: boolean | undefined;
  /** Asks how many PIN tries are left before the first PIN (part 6, 7.7.5.2; optional in EMV). Default: on. */
  readonly readsPinTryCounter?: boolean | undefined;
  /** Selects again what a list of names has selected last (part 6, 7.2.5.3); terminals save the command. Default: on. */
  readonly selectsAgain?: boolean | undefined;
  /** An online-only terminal without a host looks at the default action codes (part 6, 7.9.3 step 4). Default: on. */
  readonly onlineOnlyChecksDefaultActionCodes?: boolean | undefined;
  /** Action codes count beside the reset threshold of electronic cash (part 13, 7.4.4 is silent). Default: on. */
  readonly electronicCashChecksActionCodes?: boolean | undefined;
  /** Once the holder has bypassed a PIN, all further PINs count as bypassed (EMV 4.3 Book 4 §6.3.4.3). Default: off. */
  readonly bypassHoldsForAllPins?: boolean | undefined;
  /** CDA with an ARQC is asked for (EMV 4.3 Book 4 §6.3.2.1, modes 1 and 2) or not (3 and 4). Default: on. */
  readonly combinedAuthenticationWithOnlineRequest?: boolean | undefined;
}

/** What a terminal brings to a contact transaction. */
export interface ContactTerminal extends ContactOptions {
  /**
   * Terminal data by tag: 9F02, 9F03, 5F2A, 9A, 9C, 9F21, 9F1A, 9F33, 9F35, 9F40, 9F09 …; floor limit 9F1B; action codes
   * DF11 (default), DF12 (online), DF13 (denial); 9F7A `01` where the terminal has electronic cash, and its limit 9F7B;
   * DF69 `01` where it has the SM algorithms.
   */
  readonly data: DataMap;
  /** Default: PBOC's debit/credit applications, partial names allowed. */
  readonly applications?: readonly TerminalApplication[] | undefined;
  /** How the application is found: the card's directory and then the list, the list only, or the first name at once. */
  readonly selection?: 'directory' | 'list' | 'direct' | undefined;
  /** What the holder can do about it. Default: nothing, the best one is taken (JR/T 0025.6-2013 7.2.5.1). */
  readonly applicationChoice?: 'choose' | 'confirm' | 'none' | undefined;
  /** 4 bytes, 9F37. */
  readonly unpredictableNumber: Uint8Array;
  /** The terminal's day, YYYY-MM-DD. */
  readonly date: string;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string> | undefined;
  /** DDOL for cards without one. Default: `9F3704`. */
  readonly defaultDynamicDataObjectList?: Uint8Array | undefined;
  /** Whether there is an exception file to look into. */
  readonly hasExceptionFile?: boolean | undefined;
  /** Whether a log of past sales is added to the amount before the floor limit. */
  readonly hasTransactionLog?: boolean | undefined;
  readonly randomSelection?: RandomSelection | undefined;
  /** The clerk sends this transaction online. */
  readonly merchantForcesOnline?: boolean | undefined;
  /** An online-capable terminal asks for an ARQC whatever the action codes say: a load, for example. */
  readonly requestsOnline?: boolean | undefined;
  /**
   * The issuer's own device: it takes a blocked application too, asks for an AAC, and brings the issuer's scripts; nothing
   * is paid (JR/T 0025.5-2013 17.5).
   */
  readonly maintains?: boolean | undefined;
  /** Whether a clerk can call the issuer. */
  readonly supportsReferral?: boolean | undefined;
  /** Random bytes for enciphering a PIN, 8 fewer than the key has and more; needed for `encipheredPin` only. */
  readonly pinPadding?: Uint8Array | undefined;
}

const DEBIT_CREDIT = Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x33, 0x01, 0x01);

/** A0000003330101 and what goes on from it: debit, credit, quasi-credit, electronic cash. */
export const DEFAULT_APPLICATIONS: readonly TerminalApplication[] = [
  { applicationIdentifier: DEBIT_CREDIT, match: 'partial' },
];
