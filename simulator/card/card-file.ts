import { z } from 'zod';
import { fromHex } from '../../emv/bytes.js';
import { decodeDataObjectList } from '../../emv/tlv/index.js';

/** What can be wrong with a card on purpose. */
export const cardFaults = ['signs-with-another-key'] as const;
export type CardFault = (typeof cardFaults)[number];

/** Where the application of a card is to be found. */
export const cardInterfaces = ['contact', 'contactless'] as const;
export type CardInterface = (typeof cardInterfaces)[number];

const bytes = z.string().regex(/^([0-9A-F]{2})*$/, 'must be upper-case hex');
const tag = z.string().regex(/^([0-9A-F]{2}){1,3}$/, 'must be a tag in upper-case hex');
const bytesOfLength = (length: number) => bytes.length(length * 2, `must be ${length} bytes`);
const fen = z.int().min(0).max(999_999_999_999);

const cardRecord = z.strictObject({
  shortFileIdentifier: z.int().min(1).max(30),
  recordNumber: z.int().min(1).max(255),
  /** The record as it stands, template 70 included. */
  bytes: bytes.optional(),
  /** The tags of a record that is put together at the tap, from the transaction's data and the application's. */
  objects: z.array(tag).min(1).optional(),
});

const applicationState = z.strictObject({
  applicationTransactionCounter: z.int().min(0).max(0xffff),
  lastOnlineApplicationTransactionCounter: z.int().min(0).max(0xffff),
  pinTriesLeft: z.int().min(0).max(15),
  /** Electronic cash balance (9F79), fen. */
  balance: fen,
  /** Cumulative offline transaction amount (CTTA), fen. */
  cumulativeOfflineAmount: fen,
  /** Consecutive offline transactions in another currency. */
  foreignCurrencyTransactions: z.int().min(0).max(255),
  /** Transaction log, newest first: values of the log format (9F4F) without tags. */
  log: z.array(bytes).max(30),
});

/** What an application cannot do without, and what the card will have to take apart. */
const applicationData = z.record(tag, bytes).superRefine((data, context) => {
  const complain = (at: string, message: string) => context.addIssue({ code: 'custom', path: [at], message });
  if (data['82']?.length !== 4) complain('82', 'must be 2 bytes');
  if (!/^([0-9A-F]{8})+$/.test(data['94'] ?? '')) complain('94', 'must be one or more entries of 4 bytes');
  for (const list of ['9F38', '9F4F']) {
    if (data[list] !== undefined && !isDataObjectList(data[list])) complain(list, 'must be a data object list');
  }
});

function isDataObjectList(hex: string): boolean {
  try {
    decodeDataObjectList(fromHex(hex));
    return true;
  } catch {
    return false;
  }
}

const cardApplication = z.strictObject({
  applicationIdentifier: bytes,
  label: z.string(),
  priority: z.int().min(1).max(15).optional(),
  /** Data objects of the application by tag. */
  data: applicationData,
  cryptogramVersion: z.union([z.literal(1), z.literal(17)]),
  keyDerivationIndex: z.int().min(0).max(255),
  keys: z.strictObject({ applicationCryptogram: bytesOfLength(16), messageAuthentication: bytesOfLength(16) }),
  records: z.array(cardRecord),
});

const privateKey = z.strictObject({
  modulus: bytes,
  publicExponent: bytes,
  privateExponent: bytes,
  primes: z.tuple([bytes, bytes]),
});

const card = z.strictObject({
  format: z.literal('yongtap-card', 'must be yongtap-card'),
  version: z.literal(1, 'must be 1: another edition of yongtap wrote this card'),
  profile: z.string(),
  interface: z.enum(cardInterfaces),
  issuer: z.string(),
  cardholderName: z.string(),
  fault: z.enum(cardFaults).optional(),
  /** The key that signs at the tap. */
  privateKey: privateKey.optional(),
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
export type CardState = readonly ApplicationState[];
/** An RSA private key in hex, big-endian. */
export type CardPrivateKey = z.infer<typeof privateKey>;
