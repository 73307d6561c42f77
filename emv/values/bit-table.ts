import additionalTerminalCapabilities from './bit-tables/additional-terminal-capabilities.json';
import applicationDefaultAction from './bit-tables/application-default-action.json';
import applicationInterchangeProfile from './bit-tables/application-interchange-profile.json';
import applicationUsageControl from './bit-tables/application-usage-control.json';
import cardAdditionalProcesses from './bit-tables/card-additional-processes.json';
import cardTransactionQualifiers from './bit-tables/card-transaction-qualifiers.json';
import cryptogramInformationData from './bit-tables/cryptogram-information-data.json';
import issuerApplicationData from './bit-tables/issuer-application-data.json';
import issuerAuthenticationIndicator from './bit-tables/issuer-authentication-indicator.json';
import segmentDeductionIdentifier from './bit-tables/segment-deduction-identifier.json';
import terminalCapabilities from './bit-tables/terminal-capabilities.json';
import terminalTransactionQualifiers from './bit-tables/terminal-transaction-qualifiers.json';
import terminalVerificationResults from './bit-tables/terminal-verification-results.json';
import transactionStatusInformation from './bit-tables/transaction-status-information.json';

/** What one bit says, or one value of several neighbouring bits. */
export interface BitRow {
  /** 1 is the first byte of the value. */
  readonly byte: number;
  /** The bits concerned, a byte in hex. */
  readonly mask: string;
  /** What the bits must be, a byte in hex; without it they must all be set. */
  readonly value?: string;
  /** The bits are a number by themselves. */
  readonly isNumber?: boolean;
  /** The key in the object that a reader gives. */
  readonly name: string;
  readonly meaning: string;
  readonly meaningZh: string;
  /** Document and place. */
  readonly source: string;
}

export interface BitTable {
  readonly tags: readonly string[];
  /** First and last byte that the table speaks of. Bits of them without a row are reserved. */
  readonly bytes: readonly number[];
  /** Bytes that must be as given, or the table does not apply. */
  readonly when?: readonly { readonly byte: number; readonly value: string }[];
  readonly rows: readonly BitRow[];
}

/** Every table of bits, in the order of their names. */
export const bitTables: readonly BitTable[] = [
  additionalTerminalCapabilities,
  applicationDefaultAction,
  applicationInterchangeProfile,
  applicationUsageControl,
  cardAdditionalProcesses,
  cardTransactionQualifiers,
  cryptogramInformationData,
  issuerApplicationData,
  issuerAuthenticationIndicator,
  segmentDeductionIdentifier,
  terminalCapabilities,
  terminalTransactionQualifiers,
  terminalVerificationResults,
  transactionStatusInformation,
];

const tableOfTag: ReadonlyMap<string, BitTable> = new Map(
  bitTables.flatMap((table) => table.tags.map((tag) => [tag, table] as const)),
);

/** The table of a tag (upper-case hex), where its bits have one. */
export const bitTableOf = (tag: string): BitTable | undefined => tableOfTag.get(tag);

/** Whether the value says what the row says. */
export function holds(row: BitRow, bytes: Uint8Array): boolean {
  const bits = (bytes[row.byte - 1] ?? 0) & Number.parseInt(row.mask, 16);
  return row.isNumber ? bits !== 0 : bits === Number.parseInt(row.value ?? row.mask, 16);
}
