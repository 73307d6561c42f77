import { decodeBinary, decodeNumeric, fromHex, toHex } from '../../emv/bytes.js';
import { decodeDataObjectList } from '../../emv/tlv/index.js';
import type {
  ApplicationState,
  CardApplication,
  CardFile,
  CardFlaw,
  CardState,
  InterfaceKind,
  PublicKeyAlgorithm,
} from './card-file.js';
import { withChangedRecords } from './changed-records.js';
import { dataObjectOf } from './commands/get-data.js';
import { amountOf } from './personalized.js';
import { splitByDataObjectList } from './transaction/terminal-request.js';
import type { TransportApplication } from './transport/transport-application.js';

const MIDNIGHT = '000000';
/** Tag of the purse, old and new balance. */
const LOAD_HEADER_LENGTH = 14;

/** One offline approval as the card remembers it. */
export interface TransactionLogEntry {
  /** `YYYY-MM-DD`, in the terminal's time. */
  readonly date?: string;
  /** `HH:MM:SS`, in the terminal's time; absent where the card did not ask the terminal for it (9F21). */
  readonly time?: string;
  readonly amountFen: number;
  /** Numeric code of three digits. */
  readonly currency?: string;
  readonly applicationTransactionCounter: number;
}

/** One load as the card remembers it (JR/T 0025.13-2013 8). */
export interface LoadLogEntry {
  /** `YYYY-MM-DD`, in the terminal's time. */
  readonly date?: string;
  /** Which purse was loaded: 9F79 or DF79. */
  readonly tag: string;
  readonly oldBalance: number;
  readonly newBalance: number;
  readonly applicationTransactionCounter: number;
}

export interface InspectedObject {
  readonly tag: string;
  readonly value: Uint8Array;
}

export interface InspectedRecord {
  readonly shortFileIdentifier: number;
  readonly recordNumber: number;
  /** As it stands, template 70 included; absent where it is put together at the tap. */
  readonly bytes?: Uint8Array;
  /** The tags of a record that is put together at the tap. */
  readonly objects?: readonly string[] | undefined;
}

/** What the state holds beside counters and flags, secrets among it. */
type NotCounters =
  | 'balance'
  | 'secondBalance'
  | 'log'
  | 'blocked'
  | 'changedPin'
  | 'changedData'
  | 'changedRecords'
  | 'loadLog'
  | 'cappRecords'
  | 'preAuthorizations'
  | 'proof';

export interface ApplicationInspection {
  /** Upper-case hex. */
  readonly applicationIdentifier: string;
  readonly label: string;
  /** Digits. Never to be stored or logged in clear. */
  readonly pan: string;
  readonly panSequenceNumber: string;
  /** `YYYY-MM-DD`: the last day on which the application may be used. */
  readonly expires: string;
  /** What proves it: RSA, SM2, or both by the terminal's choice. */
  readonly publicKeyAlgorithms: readonly PublicKeyAlgorithm[];
  /** What its cryptograms are made with; with both it is 3DES beside RSA and SM4 beside SM2. */
  readonly cryptogramAlgorithms: readonly CardApplication['cryptogramAlgorithm'][];
  readonly purse: {
    readonly balanceFen: number;
    readonly limitFen?: number;
    readonly singleTransactionLimitFen?: number;
    readonly resetThresholdFen?: number;
    /** In a second currency (JR/T 0025.15-2013), in its smallest unit. */
    readonly second?: { readonly currency: string; readonly balance: number; readonly limit?: number };
  };
  readonly counters: Omit<ApplicationState, NotCounters>;
  /** Application or card, where a script or the PIN has blocked it. */
  readonly blocked?: 'application' | 'card';
  /** Amounts that pre-authorizations hold back, and the records that trades keep on the card. */
  readonly smallPayment?: {
    readonly preAuthorizations: ApplicationState['preAuthorizations'];
    readonly records: readonly { readonly shortFileIdentifier: number; readonly bytes: string }[];
  };
  /** Newest first. */
  readonly log: readonly TransactionLogEntry[];
  /** Newest first. */
  readonly loadLog: readonly LoadLogEntry[];
  /** Every data object outside the records, with the values of this moment, in order of their tags. */
  readonly dataObjects: readonly InspectedObject[];
  /** Those that another value stands for over contact. */
  readonly contactDataObjects: readonly InspectedObject[];
  /** Those that another value stands for in an electronic cash transaction over contact. */
  readonly electronicCashDataObjects: readonly InspectedObject[];
  /** Those that another value stands for in a transaction with SM2, on a card that has RSA as well. */
  readonly smDataObjects: readonly InspectedObject[];
  readonly records: readonly InspectedRecord[];
}

/** What a card is and holds, without a transaction. */
export interface CardInspection {
  readonly profile: string;
  readonly interface: InterfaceKind;
  readonly issuer: string;
  readonly cardholderName: string;
  readonly flaw?: CardFlaw;
  /** What it does wrong at the tap, as texts that `parseFault` reads. */
  readonly faults: readonly string[];
  /** The transport card's application, which can be read and not spent. */
  readonly transport?: {
    readonly applicationIdentifier: string;
    readonly cardNumber: string;
    readonly balanceFen: number;
  };
  readonly applications: readonly ApplicationInspection[];
}

export function inspectCard(file: CardFile, state: CardState): CardInspection {
  return {
    profile: file.profile,
    interface: file.interface,
    issuer: file.issuer,
    cardholderName: file.cardholderName,
    ...(file.flaw === undefined ? {} : { flaw: file.flaw }),
    faults: file.faults ?? [],
    ...(file.transport === undefined ? {} : { transport: inspectTransport(file.transport) }),
    applications: file.applications.map((application, index) => inspectApplication(application, state[index]!)),
  };
}

const inspectTransport = ({ applicationIdentifier, cardNumber, balance }: TransportApplication) => ({
  applicationIdentifier,
  cardNumber,
  balanceFen: balance,
});

function inspectApplication(personalized: CardApplication, state: ApplicationState): ApplicationInspection {
  const { balance, secondBalance, log, blocked, changedPin, changedData, ...rest } = state;
  const { cappRecords, preAuthorizations, proof, changedRecords, loadLog, ...counters } = rest;
  const application = { ...personalized, data: { ...personalized.data, ...changedData } };
  const { data } = application;
  const fen = <Name extends string>(name: Name, tag: string) => {
    const amount = amountOf(data, tag);
    return (amount === undefined ? {} : { [name]: amount }) as { [Key in Name]?: number };
  };
  return {
    applicationIdentifier: application.applicationIdentifier,
    label: application.label,
    pan: (data['5A'] ?? '').replace(/F$/, ''),
    panSequenceNumber: data['5F34'] ?? '00',
    expires: isoDate(data['5F24'] ?? ''),
    publicKeyAlgorithms: application.publicKeyAlgorithms,
    cryptogramAlgorithms: [personalized, personalized.smTransaction].flatMap((one) => one?.cryptogramAlgorithm ?? []),
    purse: {
      balanceFen: balance,
      ...fen('limitFen', '9F77'),
      ...fen('singleTransactionLimitFen', '9F78'),
      ...fen('resetThresholdFen', '9F6D'),
      ...(data.DF71 === undefined
        ? {}
        : { second: { currency: data.DF71, balance: secondBalance, ...fen('limit', 'DF77') } }),
    },
    counters,
    ...(blocked === undefined ? {} : { blocked }),
    ...(application.cappFiles.length === 0
      ? {}
      : {
          smallPayment: {
            preAuthorizations,
            records: cappRecords.map(({ shortFileIdentifier, bytes }) => ({ shortFileIdentifier, bytes })),
          },
        }),
    log: log.map((entry) => readLogEntry(application, fromHex(entry))),
    loadLog: loadLog.map((entry) => readLoadLogEntry(application, fromHex(entry))),
    dataObjects: Object.keys(data)
      .sort()
      .map((tag) => ({ tag, value: dataObjectOf(application, state, tag)! })),
    contactDataObjects: inOrder(application.contactData),
    electronicCashDataObjects: inOrder(application.electronicCashData),
    smDataObjects: inOrder(application.smTransaction?.data),
    records: withChangedRecords(application.records, changedRecords).map(({ bytes, ...record }) => ({
      ...record,
      ...(bytes === undefined ? {} : { bytes: fromHex(bytes) }),
    })),
  };
}

const inOrder = (data: Readonly<Record<string, string>> = {}): InspectedObject[] =>
  Object.keys(data)
    .sort()
    .map((tag) => ({ tag, value: fromHex(data[tag]!) }));

/** A date of format n6, YYMMDD; EMV counts years from 50 to the last century (EMV 4.3 Book 4 §6.7.3). */
function isoDate(digits: string): string {
  const century = Number(digits.slice(0, 2)) >= 50 ? '19' : '20';
  return `${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`;
}

function readLogEntry({ data }: CardApplication, entry: Uint8Array): TransactionLogEntry {
  const values = splitByDataObjectList(fromHex(data['9F4F'] ?? ''), entry) ?? new Map<string, Uint8Array>();
  const asked = new Set(decodeDataObjectList(fromHex(data['9F38'] ?? '')).map(({ tag }) => tag));
  const digits = (tag: string) => (values.has(tag) ? toHex(values.get(tag)!) : undefined);
  const [date, currency] = [digits('9A'), digits('5F2A')];
  // Over contactless most cards do not ask for the time, and write zeros.
  const said = digits('9F21');
  const time = asked.has('9F21') || said !== MIDNIGHT ? said : undefined;
  return {
    ...(date === undefined ? {} : { date: isoDate(date) }),
    ...(time === undefined ? {} : { time: time.replace(/(..)(..)(..)/, '$1:$2:$3') }),
    amountFen: decodeNumeric(values.get('9F02') ?? new Uint8Array(0)) ?? 0,
    ...(currency === undefined ? {} : { currency: currency.slice(1) }),
    applicationTransactionCounter: decodeBinary(values.get('9F36') ?? new Uint8Array(0)),
  };
}

function readLoadLogEntry({ data, contactData }: CardApplication, entry: Uint8Array): LoadLogEntry {
  const format = fromHex({ ...data, ...contactData }.DF4F ?? '');
  const values = splitByDataObjectList(format, entry.subarray(LOAD_HEADER_LENGTH));
  const date = values?.get('9A');
  return {
    ...(date === undefined ? {} : { date: isoDate(toHex(date)) }),
    tag: toHex(entry.subarray(0, 2)),
    oldBalance: decodeNumeric(entry.subarray(2, 8)) ?? 0,
    newBalance: decodeNumeric(entry.subarray(8, LOAD_HEADER_LENGTH)) ?? 0,
    applicationTransactionCounter: decodeBinary(values?.get('9F36') ?? new Uint8Array(0)),
  };
}
