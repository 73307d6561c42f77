import { z } from 'zod';
import {
  applicationChoices,
  cardAdditionalProcesses,
  cryptogramVersion,
  publicKeyAlgorithmsSchema,
} from '../../card/index.js';
import { isValidPan } from '../pan.js';
import { moreDataObjects } from './data-objects-schema.js';
import { electronicCash, secondElectronicCash } from './electronic-cash-schema.js';
import { currency, date, digits, fen, hex } from './fields.js';
import { initialState } from './initial-state-schema.js';
import { smallPayment } from './small-payment-schema.js';

const { responseFormat, cryptogramAlgorithm, discretionaryKind, habits } = applicationChoices;

const application = z.strictObject({
  applicationIdentifier: z
    .string('must be text: put the hex digits in quotes')
    .regex(/^A000000333[0-9A-F]{2,22}$/, 'must begin with A000000333')
    .describe('AID in hex (4F); 0101 debit, 0102 credit, 0103 quasi-credit, 0106 electronic cash'),
  label: z
    .string()
    .regex(/^[ -~]{1,16}$/, 'must be 1 to 16 characters of ASCII')
    .describe('what a terminal shows (50)'),
  priority: z.int().min(1).max(15).optional().describe('1 is taken first (87)'),
  pan: z
    .string('must be text: put the digits in quotes')
    .refine(isValidPan, 'must be 16 or 19 digits that pass the Luhn check')
    .describe('in quotes: 16 or 19 digits of the issuer’s range (5A)'),
  panSequenceNumber: digits(/^\d{2}$/, 'must be two digits')
    .default('01')
    .describe('in quotes: two digits (5F34)'),
  effective: date.default('2015-08-26').describe('first day, YYYY-MM-DD (5F25)'),
  expires: date.default('2035-12-31').describe('last day, YYYY-MM-DD (5F24)'),
  currency: currency.default('0156').describe('in quotes: the card’s currency (9F51, 9F42); "0156" is the yuan'),
  electronicCash: electronicCash.optional().describe('a purse for offline payment'),
  secondElectronicCash: secondElectronicCash.optional().describe('a purse in a second currency beside it'),
  cumulativeLimitFen: fen.optional().describe('what may be spent offline in a row (9F54)'),
  cumulativeUpperLimitFen: fen.optional().describe('the same where no issuer can be reached (9F5C)'),
  foreignCurrencyLimit: z.int().min(0).max(255).optional().describe('offline in a row in another currency (9F53)'),
  pin: digits(/^\d{4,12}$/, 'must be 4 to 12 digits in quotes')
    .optional()
    .describe('in quotes: 4 to 12 digits, the offline PIN'),
  pinTries: z.int().min(0).max(15).default(3).describe('tries for the PIN, and how many a right one gives back'),
  offlineAuthentication: z
    .array(z.enum(['static', 'dynamic', 'combined']))
    .optional()
    .describe('over contact: SDA, DDA, CDA; none: static on a contact card, dynamic and combined on a dual one'),
  processes: z
    .array(z.enum(cardAdditionalProcesses))
    .default(['low-value', 'log-approved-transactions'])
    .describe('how it spends and decides over contactless (9F68)'),
  whenAuthenticationFails: z
    .enum(['decline', 'go-online', 'use-contact'])
    .default('decline')
    .describe('what it asks of a terminal that does not believe it (9F6C 1.6, 1.5)'),
  availableOfflineAmount: z
    .boolean()
    .default(false)
    .describe('lets what may still be spent be returned (9F5D), with the process of that name'),
  smallPayment: smallPayment.optional().describe('fares priced at the exit, amounts frozen first (part 14)'),
  dataObjects: moreDataObjects.describe('any other data object, by tag'),
  state: initialState.prefault({}).describe('what it has been through before it is handed out'),
  lastOnlineApplicationTransactionCounter: z
    .int()
    .min(0)
    .max(0xffff)
    .default(0)
    .describe('transaction that was last online (9F13); 0 makes it a new card'),
  publicKeyAlgorithms: publicKeyAlgorithmsSchema.describe(
    'what proves it: rsa, sm2, or both, then the terminal chooses (DF69)',
  ),
  cryptogramVersion: cryptogramVersion.default(1).describe('1, or 17 for the shorter one'),
  cryptogramAlgorithm: cryptogramAlgorithm
    .unwrap()
    .optional()
    .describe('what cryptograms, MACs and session keys are made with; none: 3des beside rsa, sm4 beside sm2'),
  keyDerivationIndex: z.int().min(0).max(255).default(1).describe('which of the issuer’s master keys (9F10)'),
  responseFormat: responseFormat.describe('how it answers over contact: template 80 (1) or 77 (2)'),
  discretionaryKind: discretionaryKind.describe(
    'what 9F10 tells of: 1 balance, 2 sum spent offline, 3 both, 4 sum and limit, 5 what may still be spent, 0 nothing',
  ),
  habits: habits.describe('where it does as cards in the field do and not as the standard says'),
  applicationVersion: hex(2).default('0030').describe('in quotes: two bytes of hex (9F08); PBOC 2.0 is "0020"'),
});

/** An application of a card: everything that is personalized except the keys. */
export const applicationSchema = application
  .refine(({ effective, expires }) => effective <= expires, {
    path: ['expires'],
    message: 'must not be before effective',
  })
  .refine(({ publicKeyAlgorithms, cryptogramAlgorithm }) => publicKeyAlgorithms.length < 2 || !cryptogramAlgorithm, {
    path: ['cryptogramAlgorithm'],
    message: 'must not be given for two public key algorithms: the terminal chooses 3des with rsa, sm4 with sm2',
  })
  .refine(({ publicKeyAlgorithms, smallPayment: part }) => publicKeyAlgorithms.length < 2 || !part?.responseMac, {
    path: ['smallPayment', 'responseMac'],
    message: 'must be false with two public key algorithms: records are read before the terminal has chosen',
  })
  .refine(({ electronicCash: cash }) => cash === undefined || cash.balanceFen <= cash.limitFen, {
    path: ['electronicCash', 'balanceFen'],
    message: 'must not be above limitFen',
  })
  .refine(({ secondElectronicCash: cash }) => cash === undefined || cash.balanceFen <= cash.limitFen, {
    path: ['secondElectronicCash', 'balanceFen'],
    message: 'must not be above limitFen',
  });
