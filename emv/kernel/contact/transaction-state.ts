import type { OdaResult } from '../../authentication/index.js';
import { decodeNumeric } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import {
  type ApplicationInterchangeProfile,
  readApplicationInterchangeProfile,
  type TerminalVerificationResults,
  type TransactionStatusInformation,
} from '../../values/index.js';
import { CardData } from '../card-data.js';
import { readTerminalKind, type TerminalKind } from '../terminal-kind.js';
import type { TransactionRecord } from '../transaction-outcome.js';
import type { ContactTerminal } from './contact-terminal.js';
import type { CryptogramType } from './cryptogram-type.js';
import { StatusBits } from './status-bits.js';

const EMPTY = new Uint8Array(0);

/** What is known of the transaction at any moment, so that whatever ends it can be told with all of it. */
export class TransactionState {
  readonly kind: TerminalKind;
  readonly amount: number;
  readonly records: TransactionRecord[] = [];
  readonly scriptResults: Uint8Array[] = [];
  /** The application that was selected; another one where the first refused. */
  applicationIdentifier: Uint8Array = EMPTY;
  card = new CardData(new Map());
  verificationResults = new StatusBits<keyof TerminalVerificationResults>('95', 5);
  statusInformation = new StatusBits<keyof TransactionStatusInformation>('9B', 2);
  /** The terminal's own objects, as far as they came about in this transaction. */
  readonly own = new Map<string, Uint8Array>();
  /** What the PDOL and the CDOLs asked for, as it was sent; CDA signs it. */
  processingOptionsData: Uint8Array = EMPTY;
  readonly riskManagementData: Uint8Array[] = [];
  staticData: Uint8Array | undefined = EMPTY;
  authentication: OdaResult | undefined;
  isElectronicCash = false;
  /** What the last answer to GENERATE AC said and nothing before it; the next one may say otherwise. */
  readonly cryptogramTags = new Set<string>();
  /** Of the last answer to GENERATE AC. */
  cryptogramType: CryptogramType | undefined;
  /** An issuer approved: whatever else comes of it than an approval has to be reversed. */
  issuerApproved = false;
  onlinePinEntered = false;
  signatureRequired = false;

  constructor(readonly terminal: ContactTerminal) {
    this.kind = readTerminalKind(terminal.data);
    this.amount = decodeNumeric(terminal.data.get('9F02') ?? EMPTY) ?? 0;
  }

  /** Another application from the start: TVR and TSI are zeros before GET PROCESSING OPTIONS (JR/T 0025.6-2013 7.3.4). */
  begin(applicationIdentifier: Uint8Array, selection: DataMap): void {
    this.applicationIdentifier = applicationIdentifier;
    this.card = new CardData(selection);
    this.own.set('9F06', applicationIdentifier);
  }

  /** 82, which the answer to GET PROCESSING OPTIONS has given. */
  get profile(): ApplicationInterchangeProfile {
    return readApplicationInterchangeProfile(this.card.get('82')!);
  }

  /** Every object: what the terminal says counts before what the card says. */
  get data(): Map<string, Uint8Array> {
    const terminal = new Map([
      ...this.terminal.data,
      ['9F37', this.terminal.unpredictableNumber] as const,
      ...this.own,
      ['95', this.verificationResults.bytes] as const,
      ['9B', this.statusInformation.bytes] as const,
    ]);
    return this.card.allData(terminal);
  }
}
