import { z } from 'zod';
import { blocks } from '../../card/index.js';
import { currency, date, digits, fen } from './fields.js';

const counter = z.int().min(0).max(0xffff);
const offlineCounter = z.int().min(0).max(0xff);

const logEntry = z.strictObject({
  date: date.describe('day of the approval'),
  time: digits(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'must be a time in quotes, HH:MM:SS')
    .optional()
    .describe('in quotes: time of the approval'),
  amountFen: fen.describe('what was paid'),
  currency: currency.default('0156').describe('numeric code in quotes'),
  merchant: z
    .string()
    .regex(/^[ -~]{1,20}$/, 'must be 1 to 20 characters of ASCII')
    .optional()
    .describe('name of the merchant (9F4E)'),
  transactionCounter: counter.default(0).describe('counter of that transaction (9F36)'),
});

/** What the card has been through before it is handed out. */
export const initialState = z.strictObject({
  blocked: z.enum(blocks).optional().describe('what the issuer has blocked, or a PIN gone wrong too often'),
  transactionCounter: counter.default(0).describe('transactions so far (9F36); 65535: the next one is refused'),
  pinTriesLeft: z.int().min(0).max(15).optional().describe('tries left for the PIN (9F17); none: all'),
  cumulativeOfflineFen: fen.default(0).describe('spent offline since the issuer was asked last'),
  foreignCurrencyTransactions: offlineCounter.default(0).describe('offline in a row in another currency'),
  foreignCountryTransactions: offlineCounter.default(0).describe('offline in a row in another country'),
  offsetUsedFen: fen.default(0).describe('what fares have taken beyond the balance (DF63)'),
  onlineAuthorizationPending: z.boolean().default(false).describe('torn while it waited for its issuer'),
  issuerAuthenticationFailed: z.boolean().default(false).describe('the last answer of its issuer was a forged one'),
  log: z.array(logEntry).max(30).default([]).describe('approvals that it remembers, newest first'),
});
export type InitialLogEntry = z.infer<typeof logEntry>;
