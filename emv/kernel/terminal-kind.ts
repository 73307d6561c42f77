import type { DataMap } from '../tlv/index.js';
import { readFlags } from '../values/read-flags.js';

/** What 9F35, 9F33, 9F40 and 9C say that decisions hang on. */
export interface TerminalKind {
  readonly connection: 'online-only' | 'online-capable' | 'offline-only';
  readonly isAttended: boolean;
  readonly isAtm: boolean;
  readonly capabilities: TerminalCapabilities;
  readonly transaction: 'cash' | 'purchase' | 'cashback' | 'other';
}

export interface TerminalCapabilities {
  readonly plaintextOfflinePin: boolean;
  readonly onlinePin: boolean;
  readonly signature: boolean;
  readonly encipheredOfflinePin: boolean;
  readonly noVerification: boolean;
  readonly holderCertificate: boolean;
  readonly staticDataAuthentication: boolean;
  readonly dynamicDataAuthentication: boolean;
  readonly combinedDataAuthentication: boolean;
}

/** Low digit of 9F35 (EMV 4.3 Book 4 Annex A1, JR/T 0025.6-2013 table 4): attended 1 to 3, unattended 4 to 6. */
const CONNECTIONS = ['online-capable', 'online-only', 'online-capable', 'offline-only'] as const;
const FINANCIAL_INSTITUTION = 1;
const CASH = 0x80;

/** First two digits of the processing code (9C). */
const TRANSACTIONS: Readonly<Record<number, TerminalKind['transaction']>> = {
  0: 'purchase',
  1: 'cash',
  9: 'cashback',
};

/** Without 9F35 a merchant's attended terminal that can go online (22); without 9F33 one that can do nothing. */
export function readTerminalKind(data: DataMap): TerminalKind {
  const type = data.get('9F35')?.[0] ?? 0x22;
  const digit = type & 0x0f;
  const isAttended = digit <= 3;
  const transaction = TRANSACTIONS[data.get('9C')?.[0] ?? 0] ?? 'other';
  const capabilities = data.get('9F33');
  return {
    connection: CONNECTIONS[isAttended ? digit : digit - 3] ?? 'online-capable',
    isAttended,
    isAtm: type >> 4 === FINANCIAL_INSTITUTION && !isAttended && ((data.get('9F40')?.[0] ?? 0) & CASH) !== 0,
    capabilities: readFlags<TerminalCapabilities>(
      '9F33',
      capabilities?.length === 3 ? capabilities : new Uint8Array(3),
    ),
    transaction: transaction === 'purchase' && hasCashback(data) ? 'cashback' : transaction,
  };
}

const hasCashback = (data: DataMap): boolean => data.get('9F03')?.some((byte) => byte !== 0) ?? false;
