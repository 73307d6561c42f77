import type { SmallPaymentPortAnswer, SmallPaymentPortRequest } from '../../../emv/kernel/index.js';
import type { Place } from '../../tap/index.js';

type Answer<T> = T | Promise<T>;
type RequestOf<K extends SmallPaymentPortRequest['kind']> = Extract<SmallPaymentPortRequest, { kind: K }>;

/** Holds the management keys of the trade's records; in a real terminal a chip of its own. */
export interface SecureAccessModule {
  /** The MAC of a record to be written, 4 bytes. */
  cappMac(request: RequestOf<'capp-mac'>): Answer<Uint8Array>;
  /** The MAC that a genuine card gives over its answer, 4 bytes. */
  cappResponseMac(request: RequestOf<'capp-response-mac'>): Answer<Uint8Array>;
  /** The trade's own code over its data, 4 bytes. */
  authorizationCode(request: RequestOf<'authorization-code'>): Answer<Uint8Array>;
}

/** Numbers by which records name a place. */
export interface PlaceCode {
  /** 0 to 255. */
  readonly line: number;
  /** Station or zone, 0 to 9999. */
  readonly station: number;
}

/** What an offline terminal knows of prices. */
export interface FareTable {
  /** `undefined` for a place that the table does not have. */
  codeOf(place: Place): PlaceCode | undefined;
  /** In fen, from what stands on the card; `undefined` where the table has no price for it. */
  fareFen(request: RequestOf<'fare'>, here: PlaceCode): number | undefined;
}

/** What a terminal needs for the small-payment extension. */
export interface SmallPaymentPorts {
  readonly secureAccessModule: SecureAccessModule;
  readonly fareTable: FareTable;
}

/** Answers a request of the kernel; random bytes come from the terminal itself. */
export async function answerPort(
  request: SmallPaymentPortRequest,
  { fareTable, secureAccessModule }: SmallPaymentPorts,
  here: PlaceCode,
  random: (length: number) => Uint8Array,
): Promise<SmallPaymentPortAnswer> {
  switch (request.kind) {
    case 'challenge':
      return { kind: 'challenge', bytes: random(request.length) };
    case 'capp-mac':
      return { kind: 'capp-mac', mac: await secureAccessModule.cappMac(request) };
    case 'capp-response-mac':
      return { kind: 'capp-response-mac', mac: await secureAccessModule.cappResponseMac(request) };
    case 'authorization-code':
      return { kind: 'authorization-code', code: await secureAccessModule.authorizationCode(request) };
    case 'fare':
      return { kind: 'fare', amount: fareTable.fareFen(request, here) };
  }
}
