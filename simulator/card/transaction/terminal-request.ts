import { decodeNumeric, toHex } from '../../../emv/bytes.js';
import { type DataMap, decodeDataObjectList } from '../../../emv/tlv/index.js';

/** What the terminal said in GET PROCESSING OPTIONS, as far as the card's decision needs it. */
export interface TerminalRequest {
  /** Every value of the PDOL by tag. */
  readonly data: DataMap;
  /** Fen, or the smallest unit of another currency (9F02). */
  readonly amount: number;
  /** Upper-case hex (5F2A). */
  readonly currency: string;
  readonly qualifiers: TerminalQualifiers;
}

/** The bits of the terminal transaction qualifiers 9F66 that a card looks at (JR/T 0025.12-2013 table 3). */
export interface TerminalQualifiers {
  readonly supportsQpboc: boolean;
  readonly supportsContact: boolean;
  readonly offlineOnly: boolean;
  readonly supportsOnlinePin: boolean;
  readonly supportsSignature: boolean;
  readonly onlineCryptogramRequired: boolean;
  readonly verificationRequired: boolean;
  /** Dynamic authentication of version 01 rather than 00. */
  readonly dynamicAuthenticationVersion01: boolean;
}

/** Splits the data of GET PROCESSING OPTIONS by the card's PDOL; `undefined` where the length is another. */
export function splitByDataObjectList(list: Uint8Array, values: Uint8Array): DataMap | undefined {
  const data = new Map<string, Uint8Array>();
  let position = 0;
  for (const { tag, length } of decodeDataObjectList(list)) {
    data.set(tag, values.subarray(position, position + length));
    position += length;
  }
  return position === values.length ? data : undefined;
}

/** `undefined` where the amount is not of format n. */
export function readTerminalRequest(data: DataMap): TerminalRequest | undefined {
  const amount = decodeNumeric(data.get('9F02') ?? Uint8Array.of(0));
  if (amount === undefined) return undefined;
  return {
    data,
    amount,
    currency: toHex(data.get('5F2A') ?? new Uint8Array(2)),
    qualifiers: readQualifiers(data.get('9F66') ?? new Uint8Array(4)),
  };
}

function readQualifiers(value: Uint8Array): TerminalQualifiers {
  const isSet = (byte: number, bit: number) => (((value[byte - 1] ?? 0) >> (bit - 1)) & 1) === 1;
  return {
    supportsQpboc: isSet(1, 6),
    supportsContact: isSet(1, 5),
    offlineOnly: isSet(1, 4),
    supportsOnlinePin: isSet(1, 3),
    supportsSignature: isSet(1, 2),
    onlineCryptogramRequired: isSet(2, 8),
    verificationRequired: isSet(2, 7),
    dynamicAuthenticationVersion01: isSet(4, 8),
  };
}
