import { z } from 'zod';
import { fromHex } from '../../emv/bytes.js';
import {
  applicationChoices,
  CYCLIC_FILE,
  cardAdditionalProcesses,
  cardFlaws,
  cryptogramVersion,
  faultSchema,
  interfaceKinds,
  isWholeRecord,
} from '../card/index.js';
import { isValidPan } from './pan.js';
import { issuerIdentifierOf, issuerNames } from './pki/issuers.js';

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9A-F]{${bytes * 2}}$`), `must be ${bytes} bytes of hex`);
const date = z.iso.date('must be a date, YYYY-MM-DD');
const fen = z.int('must be a whole number of fen').min(0).max(999_999_999_999);

/** Electronic cash (JR/T 0025.13-2013), amounts in fen. */
const electronicCash = z.strictObject({
  balanceFen: fen,
  limitFen: fen,
  singleTransactionLimitFen: fen,
  resetThresholdFen: fen.default(0),
  /** Above it the holder has to be verified (9F6B). */
  verificationLimitFen: fen.optional(),
  /** Six characters, 9F74. */
  authorizationCode: z
    .string()
    .regex(/^[A-Z0-9]{6}$/, 'must be six letters or digits')
    .default('ECC001'),
});

const dataObject = z
  .string('must be text: put the hex digits in quotes')
  .regex(/^([0-9A-F]{2})+$/, { error: 'must be bytes of upper-case hex', abort: true });
const tag = z.string().regex(/^([0-9A-F]{2}){1,3}$/, 'must be a tag in upper-case hex');
const dataObjects = z.record(tag, dataObject).default({});

/** Data objects in the place of those that the other fields make, or beside them; of which the card is then signed. */
const moreDataObjects = z
  .strictObject({
    common: dataObjects,
    contact: dataObjects,
    contactless: dataObjects,
    electronicCash: dataObjects,
  })
  .prefault({});

/** A file of the small-payment extension; `records` are there already, each opened with its trade's key. */
const cappFile = z
  .strictObject({
    /** 15 metro, 16 bus, 17 toll, 18 parking, 19 rail, 1A and 1B the bank's, 1E cyclic (JR/T 0025.14-2013 annex C). */
    shortFileIdentifier: z.int().min(0x13).max(0x1e),
    /** Bytes: of all records of a variable file, of each record of the cyclic one. */
    length: z.int().min(1).max(32_767),
    /** Of the cyclic file. */
    recordsMax: z.int().min(1).max(255).default(10),
    records: z.array(dataObject).default([]),
  })
  .refine(({ records, shortFileIdentifier, length }) => fitsFile(records, shortFileIdentifier, length), {
    path: ['records'],
    message: 'must be records that the file has room for, with their length in the third byte',
  });

function fitsFile(records: readonly string[], shortFileIdentifier: number, length: number): boolean {
  if (shortFileIdentifier === CYCLIC_FILE) return records.every((record) => record.length === length * 2);
  return records.every((record) => isWholeRecord(fromHex(record))) && records.join('').length <= length * 2;
}

/** The small-payment extension (JR/T 0025.14-2013). */
const smallPayment = z.strictObject({
  /** DF61: pre-authorization beside segment deduction. */
  preAuthorization: z.boolean().default(true),
  /** The card protects what it answers (DF61 1.8). */
  responseMac: z.boolean().default(false),
  /** How far segment deductions may go beyond the balance (DF62). */
  offsetLimitFen: fen.default(0),
  files: z.array(cappFile).min(1),
});

const application = z
  .strictObject({
    ...applicationChoices,
    applicationIdentifier: z.string().regex(/^A000000333[0-9A-F]{2,22}$/, 'must begin with A000000333'),
    label: z.string().regex(/^[ -~]{1,16}$/, 'must be 1 to 16 characters of ASCII'),
    priority: z.int().min(1).max(15).optional(),
    pan: z
      .string('must be text: put the digits in quotes')
      .refine(isValidPan, 'must be 16 or 19 digits that pass the Luhn check'),
    panSequenceNumber: z
      .string('must be text: put the digits in quotes')
      .regex(/^\d{2}$/, 'must be two digits')
      .default('01'),
    effective: date.default('2015-08-26'),
    expires: date.default('2035-12-31'),
    cryptogramVersion: cryptogramVersion.default(1),
    keyDerivationIndex: z.int().min(0).max(255).default(1),
    currency: z
      .string()
      .regex(/^\d{4}$/, 'must be four digits in quotes')
      .default('0156'),
    electronicCash: electronicCash.optional(),
    /** Cumulative offline limit 9F54 and its upper limit 9F5C. */
    cumulativeLimitFen: fen.optional(),
    cumulativeUpperLimitFen: fen.optional(),
    foreignCurrencyLimit: z.int().min(0).max(255).optional(),
    /** Digits of the offline PIN. */
    pin: z
      .string('must be text: put the digits in quotes')
      .regex(/^\d{4,12}$/, 'must be 4 to 12 digits in quotes')
      .optional(),
    pinTries: z.int().min(0).max(15).default(3),
    /** Over contact; without it static for a contact card, dynamic and combined for one with both interfaces. */
    offlineAuthentication: z.array(z.enum(['static', 'dynamic', 'combined'])).optional(),
    smallPayment: smallPayment.optional(),
    dataObjects: moreDataObjects,
    lastOnlineApplicationTransactionCounter: z.int().min(0).max(0xffff).default(0),
    /** What is set in 9F68. */
    processes: z.array(z.enum(cardAdditionalProcesses)).default(['low-value', 'log-approved-transactions']),
    /** 9F6C 1.6 and 1.5. */
    whenAuthenticationFails: z.enum(['decline', 'go-online', 'use-contact']).default('decline'),
    /** Personalizes 9F5D as 1, so that it may be returned. */
    availableOfflineAmount: z.boolean().default(false),
    /** 9F08. */
    applicationVersion: hex(2).default('0030'),
  })
  .refine(({ effective, expires }) => effective <= expires, {
    path: ['expires'],
    message: 'must not be before effective',
  })
  .refine(({ electronicCash: cash }) => cash === undefined || cash.balanceFen <= cash.limitFen, {
    path: ['electronicCash', 'balanceFen'],
    message: 'must not be above limitFen',
  });

export const profileSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
    title: z.string().min(1),
    interface: z.enum(interfaceKinds),
    issuer: z.enum(issuerNames),
    cardholderName: z.string().regex(/^[ -~]{2,26}$/, 'must be 2 to 26 characters of ASCII'),
    /** Bits of the card's own key. */
    keyBits: z.int().min(768).max(1968).multipleOf(16).default(1152),
    certificateExpires: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM')
      .default('2035-12'),
    flaw: z.enum(cardFlaws).optional(),
    /** What the card does wrong at the tap, such as `late@*:250`. */
    faults: z.array(faultSchema).optional(),
    applications: z.array(application).min(1).max(4),
  })
  .superRefine(({ issuer, applications }, context) => {
    for (const [index, { pan }] of applications.entries()) {
      if (pan.startsWith(issuerIdentifierOf(issuer))) continue;
      context.addIssue({
        code: 'custom',
        path: ['applications', index, 'pan'],
        message: `must begin with the issuer identifier ${issuerIdentifierOf(issuer)}`,
      });
    }
  });

/** A kind of card: everything that is personalized except the keys. */
export type CardProfile = z.infer<typeof profileSchema>;
export type ApplicationProfile = CardProfile['applications'][number];
