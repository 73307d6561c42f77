import { z } from 'zod';
import { applicationData, bytes, replacedData, tag } from './application-data.js';
import flawDefinitions from './card-flaws.json' with { type: 'json' };
import habitDefinitions from './card-habits.json' with { type: 'json' };
import { faultSchema } from './faults/parse-fault.js';
import { transportApplication } from './transport/transport-application.js';

/** What can be forged about a card on purpose, when it is personalized: `card-flaws.json`. */
export type CardFlaw =
  | 'signs-with-another-key'
  | 'issuer-signs-with-another-key'
  | 'issuer-certificate-of-another-authority'
  | 'issuer-certificate-revoked'
  | 'unknown-authority'
  | 'certificate-of-another-card'
  | 'altered-after-signing'
  | 'track-2-of-another-card';
export const cardFlaws = flawDefinitions.map(({ name }) => name) as [CardFlaw, ...CardFlaw[]];

/** Where cards of the field do otherwise than the standard says, each a choice of the profile; the standard holds without. */
const cardHabits = habitDefinitions.map(({ name }) => name) as ['wrong-length-without-qpboc'];

/** By which a terminal reaches a card. */
const cardInterfaces = ['contact', 'contactless'] as const;
export type CardInterface = (typeof cardInterfaces)[number];

/** RSA goes with SHA-1 and 3DES, SM2 with SM3 and SM4 (JR/T 0025.17-2013 10.2). */
const publicKeyAlgorithms = ['rsa', 'sm2'] as const;
export type PublicKeyAlgorithm = (typeof publicKeyAlgorithms)[number];

/** Where the applications of a card are to be found: on one interface, or on both. */
export const interfaceKinds = [...cardInterfaces, 'dual'] as const;
export type InterfaceKind = (typeof interfaceKinds)[number];

const bytesOfLength = (length: number) => bytes.length(length * 2, `must be ${length} bytes`);
/** Format n of 6 bytes (n12). */
export const AMOUNT_MAX = 999_999_999_999;
const fen = z.int().min(0).max(AMOUNT_MAX);

/** More than this no card of ours remembers of its transactions, or of its loads. */
export const LOG_RECORDS_MAX = 30;

const DISCRETIONARY_DATA_MAX = 15;

const pin = z.string().regex(/^\d{4,12}$/, 'must be 4 to 12 digits');
/** What can be blocked. */
export const blocks = ['application', 'card'] as const;

const cardRecord = z.strictObject({
  shortFileIdentifier: z.int().min(1).max(30),
  recordNumber: z.int().min(1).max(255),
  /** The record as it stands, template 70 included. */
  bytes: bytes.optional(),
  /** The tags of a record that is put together at the tap, from the transaction's data and the application's. */
  objects: z.array(tag).min(1).optional(),
});

const shortFileIdentifier = z.int().min(1).max(30);

/** A file of the small-payment extension (JR/T 0025.14-2013 annex B). */
const cappFile = z.strictObject({
  shortFileIdentifier,
  kind: z.enum(['variable', 'cyclic']),
  /** Bytes that all records of a variable file may take; bytes of each record of a cyclic one. */
  length: z.int().min(1).max(32_767),
  /** Records of a cyclic file. */
  records: z.int().min(1).max(255).optional(),
  /** What APPEND RECORD is protected with. */
  openingKey: bytesOfLength(16),
});

const cappRecord = z.strictObject({
  shortFileIdentifier,
  managementKey: bytesOfLength(16),
  bytes,
});

/** A frozen amount: of which record (a cyclic file has no identifier), and how much. */
const preAuthorization = z.strictObject({ shortFileIdentifier, identifier: bytes, amount: fen });

const applicationState = z.strictObject({
  applicationTransactionCounter: z.int().min(0).max(0xffff),
  lastOnlineApplicationTransactionCounter: z.int().min(0).max(0xffff),
  pinTriesLeft: z.int().min(0).max(15),
  /** Electronic cash balance (9F79), fen. */
  balance: fen,
  /** The balance in the second currency (DF79), its smallest unit. */
  secondBalance: fen.default(0),
  /** Cumulative offline transaction amount (CTTA), fen. */
  cumulativeOfflineAmount: fen,
  /** The same with amounts of the second application currency (9F76) converted. */
  cumulativeDualCurrencyAmount: fen.default(0),
  /** Consecutive offline transactions in another currency. */
  foreignCurrencyTransactions: z.int().min(0).max(255),
  /** Consecutive offline transactions in another country. */
  foreignCountryTransactions: z.int().min(0).max(255).default(0),
  /** An ARQC was answered, and its transaction not brought to an end with the issuer. */
  onlineAuthorizationPending: z.boolean().default(false),
  issuerAuthenticationFailed: z.boolean().default(false),
  staticDataAuthenticationFailed: z.boolean().default(false),
  dynamicDataAuthenticationFailed: z.boolean().default(false),
  /** Commands with secure messaging after the second GENERATE AC. */
  scriptCommands: z.int().min(0).max(15).default(0),
  scriptFailed: z.boolean().default(false),
  /** Without it the holder may use the application. */
  blocked: z.enum(blocks).optional(),
  /** The PIN that a script has set in the place of the personalized one. */
  changedPin: pin.optional(),
  /** Data objects that scripts have changed, by tag. */
  changedData: replacedData.default({}),
  /** Records that scripts have written in the place of the personalized ones. */
  changedRecords: z.array(cardRecord).default([]),
  /** Load log, newest first: values of the log format (DF4F) behind tag, old and new balance. */
  loadLog: z.array(bytes).max(LOG_RECORDS_MAX).default([]),
  /** What segment deductions have taken beyond the balance (DF63). */
  offsetUsed: fen.default(0),
  preAuthorizations: z.array(preAuthorization).max(3).default([]),
  /** Records of the CAPP files: of a variable one in their order, of a cyclic one newest first. */
  cappRecords: z.array(cappRecord).default([]),
  /** The latest transaction of the extension that was completed. */
  proof: z.strictObject({ counter: z.int().min(1).max(0xffff), cryptogram: bytesOfLength(8) }).optional(),
  /** Transaction log, newest first: values of the log format (9F4F) without tags. */
  log: z.array(bytes).max(LOG_RECORDS_MAX),
});

/** One, or both: then the terminal chooses (DF69, JR/T 0025.17-2013 10.3.3). */
export const publicKeyAlgorithmsSchema = z
  .array(z.enum(publicKeyAlgorithms))
  .min(1)
  .refine((algorithms) => new Set(algorithms).size === algorithms.length, 'must name each algorithm once')
  .default(['rsa']);

/** How an application does what its data objects do not tell; a profile names it and the card file keeps it. */
export const applicationChoices = {
  /** How GET PROCESSING OPTIONS and GENERATE AC answer over contact: template 80 (1) or 77 (2). */
  responseFormat: z.union([z.literal(1), z.literal(2)]).default(1),
  /** What cryptograms, MACs and session keys are made with. */
  cryptogramAlgorithm: z.enum(['3des', 'sm4']).default('3des'),
  /** Which amounts 9F10 tells of: 1 to 5 (JR/T 0025.12-2013 D.5), 0 for none. */
  discretionaryKind: z.int().min(0).max(5).default(1),
  habits: z.array(z.enum(cardHabits)).default([]),
};
export const cryptogramVersion = z.union([z.literal(1), z.literal(17)]);

/** The card's own symmetric keys, which those of each transaction are derived from. */
const cardKeys = z.strictObject({
  applicationCryptogram: bytesOfLength(16),
  messageAuthentication: bytesOfLength(16),
  encipherment: bytesOfLength(16).optional(),
});

/** What stands for another value in a transaction with SM2, SM3 and SM4, where the application has RSA as well. */
const smTransaction = z.strictObject({
  cryptogramAlgorithm: z.literal('sm4'),
  keys: cardKeys,
  data: replacedData,
  contactData: replacedData.optional(),
  electronicCashData: replacedData.optional(),
  cappFiles: z.array(cappFile).default([]),
});

const cardApplication = z.strictObject({
  ...applicationChoices,
  publicKeyAlgorithms: publicKeyAlgorithmsSchema,
  applicationIdentifier: bytes,
  label: z.string(),
  priority: z.int().min(1).max(15).optional(),
  /** Data objects of the application by tag. */
  data: applicationData,
  /** Those that another value stands for over contact, on a card that has both interfaces. */
  contactData: replacedData.optional(),
  /** Profile and file locator of an electronic cash transaction over contact (JR/T 0025.13-2013 7.4). */
  electronicCashData: replacedData.optional(),
  cryptogramVersion,
  keyDerivationIndex: z.int().min(0).max(255),
  keys: cardKeys,
  smTransaction: smTransaction.optional(),
  /** Issuer discretionary data that never change, in the place of amounts (JR/T 0025.12-2013 D.5). */
  discretionaryData: bytes.max(2 * DISCRETIONARY_DATA_MAX).optional(),
  /** Files of the small-payment extension; where there are none, the card does not know it. */
  cappFiles: z.array(cappFile).default([]),
  /** Digits of the offline PIN; absent where there is none. */
  pin: pin.optional(),
  records: z.array(cardRecord),
});

/** A signature has room for what CDA signs (EMV 4.3 Book 2 §6.6.1). */
const MODULUS_LENGTH_MIN = 64;

const privateKey = z.strictObject({
  modulus: bytes.min(2 * MODULUS_LENGTH_MIN, `must be ${MODULUS_LENGTH_MIN} bytes at least`),
  publicExponent: bytes,
  privateExponent: bytes,
  /** Two, or three in a card's key of more than 1024 bits. */
  primes: z.array(bytes).min(2).max(3),
});

const card = z.strictObject({
  format: z.literal('yongtap-card', 'must be yongtap-card'),
  version: z.literal(1, 'must be 1: another edition of yongtap wrote this card'),
  profile: z.string(),
  interface: z.enum(interfaceKinds),
  issuer: z.string(),
  cardholderName: z.string(),
  flaw: z.enum(cardFlaws).optional(),
  /** What the card does wrong at the tap, each as {@link parseFault} reads it. */
  faults: z.array(faultSchema).optional(),
  /** The RSA key that signs at the tap. */
  privateKey: privateKey.optional(),
  /** The SM2 key that does. */
  sm2PrivateKey: bytesOfLength(32).optional(),
  /** The transport card's application beside those of the bank. */
  transport: transportApplication.optional(),
  applications: z.array(cardApplication).min(1),
  /** One state for each application, in their order. */
  state: z.array(applicationState).min(1),
});

export const cardFileSchema = card.refine(({ applications, state }) => applications.length === state.length, {
  path: ['state'],
  message: 'must be one for each application',
});

/** A card as a plain JSON value: what was personalized, and the state that its transactions leave behind. */
export type CardFile = z.infer<typeof cardFileSchema>;
export type CardApplication = z.infer<typeof cardApplication>;
export type CardRecord = z.infer<typeof cardRecord>;
export type ApplicationState = z.infer<typeof applicationState>;
export type CappFile = z.infer<typeof cappFile>;
export type StoredCappRecord = z.infer<typeof cappRecord>;
export type CardState = readonly ApplicationState[];
/** An RSA private key in hex, big-endian. */
export type CardPrivateKey = z.infer<typeof privateKey>;
