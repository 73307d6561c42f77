import type { SymmetricAlgorithm } from '../../cryptogram/index.js';
import type { TradeRecord } from '../../values/index.js';
import type { OfKind } from '../port-exchange.js';

/** Which record of which file a key belongs to; of the cyclic file without an identifier. */
export interface RecordReference {
  readonly shortFileIdentifier: number;
  /** 2 bytes. */
  readonly identifier?: Uint8Array | undefined;
}

interface SecurityModuleRequest extends RecordReference {
  readonly algorithm: SymmetricAlgorithm;
  readonly data: Uint8Array;
}

/** What the kernel asks of the terminal around it. Keys stay in its secure access module. */
export interface PortRequests {
  /** Random bytes for READ CAPP DATA. */
  challenge: { readonly length: number };
  /** The MAC of UPDATE CAPP DATA CACHE under the record's management key. */
  'capp-mac': SecurityModuleRequest & {
    /** CLA INS P1 P2. */
    readonly header: Uint8Array;
    readonly applicationTransactionCounter: Uint8Array;
  };
  /** The R-MAC that the card should have given over `data`, under the same key. */
  'capp-response-mac': SecurityModuleRequest & { readonly challenge: Uint8Array };
  /** The trade's own authorization code (TAC) over its data, zeros in the place of the code. */
  'authorization-code': RecordReference & { readonly data: Uint8Array };
  /** What the service costs, in the smallest unit of the currency, from what stands on the card. */
  fare: {
    readonly service: 'journey' | 'parking' | 'pre-authorization' | 'ride';
    /** The card's record as it was read. */
    readonly record: TradeRecord;
    /** The last rides in the cyclic file, newest first. */
    readonly rides: readonly TradeRecord[];
    /** YYYYMMDDhhmmss. */
    readonly time: string;
  };
}

/** The answers, each to the request of its kind. */
export interface PortAnswers {
  challenge: { readonly bytes: Uint8Array };
  'capp-mac': { /** 4 bytes. */ readonly mac: Uint8Array };
  'capp-response-mac': { /** 4 bytes. */ readonly mac: Uint8Array };
  'authorization-code': { /** 4 bytes. */ readonly code: Uint8Array };
  fare: { /** Absent where the terminal knows no price. */ readonly amount?: number | undefined };
}

export type PortKind = keyof PortRequests;
export type PortRequest<K extends PortKind = PortKind> = OfKind<PortRequests, K>;
export type PortAnswer<K extends PortKind = PortKind> = OfKind<PortAnswers, K>;
