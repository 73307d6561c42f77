import type { DataMap } from '../../tlv/index.js';
import type { Account } from '../account.js';
import type { OfKind } from '../port-exchange.js';
import type { Candidate } from './candidate.js';

/** What the contact kernel asks of the terminal around it, by kind of request. */
export interface PortRequests {
  /** Which of several applications; best first. */
  'choose-application': { readonly candidates: readonly Candidate[] };
  /** Whether this application may be used (87, bit 8, or a terminal that can show one name only). */
  'confirm-application': { readonly candidate: Candidate };
  'enter-pin': {
    readonly purpose: 'offline' | 'online';
    /** As the card said; absent where it did not. */
    readonly triesLeft?: number | undefined;
    /** The PIN entered before was wrong: show "incorrect PIN" first. */
    readonly previousWrong: boolean;
  };
  /** Whether the holder's paper is the one that the card names, and the holder its owner. */
  'compare-certificate': {
    /** 9F62, 1 byte. */
    readonly certificateType: Uint8Array;
    /** 9F61, 1 to 40 characters. */
    readonly certificateNumber: Uint8Array;
  };
  'look-up-exception-file': Account;
  /** What the terminal's log holds of the same card, for split sales. */
  'sum-transaction-log': Account;
  'authorize-online': {
    /** Every data object of the transaction so far: card's and terminal's. */
    readonly data: DataMap;
    /** An AAC where the terminal maintains an application. */
    readonly cryptogramType: 'ARQC' | 'AAC';
    /** Entered at the PIN pad, which has it; it goes to the host with the message. */
    readonly onlinePin: boolean;
  };
  /** The issuer wants to be called (ARC 01, 02). */
  'refer-to-issuer': { readonly authorizationResponseCode: string; readonly data: DataMap };
}

/** What an issuer's host sends back. */
export interface IssuerAnswer {
  /** 8A, 2 characters. */
  readonly authorizationResponseCode: string;
  /** 91, 8 to 16 bytes: for PBOC ARPC (8) and ARC (2). */
  readonly issuerAuthenticationData?: Uint8Array | undefined;
  /** 89. */
  readonly authorizationCode?: Uint8Array | undefined;
  /** Templates 71 and 72 with their tags and lengths, in the order in which they came. */
  readonly scripts?: readonly Uint8Array[] | undefined;
}

/** The answers, each to the request of its kind. */
export interface PortAnswers {
  /** The place in the list; absent where the holder wants none of them. */
  'choose-application': { readonly index?: number | undefined };
  'confirm-application': { readonly confirmed: boolean };
  'enter-pin':
    | { readonly result: 'entered' /** Digits; needed offline. */; readonly pin?: string | undefined }
    | { readonly result: 'bypassed' | 'pad-not-working' };
  'compare-certificate': { readonly agrees: boolean };
  'look-up-exception-file': { readonly listed: boolean };
  'sum-transaction-log': { readonly amount: number };
  'authorize-online':
    | ({ readonly result: 'answered' } & IssuerAnswer)
    /** No host could be reached. */
    | { readonly result: 'unable' }
    /** The answer will come when this transaction is over; it ends as `online-requested`. */
    | { readonly result: 'pending' };
  'refer-to-issuer': { readonly approved: boolean };
}

export type PortKind = keyof PortRequests;
export type PortRequest<K extends PortKind = PortKind> = OfKind<PortRequests, K>;
export type PortAnswer<K extends PortKind = PortKind> = OfKind<PortAnswers, K>;
