import { z } from 'zod';
import { placeSchema, services, tapEvents } from '../../tap/index.js';
import { extensionSchema } from '../small-payment/extension-schema.js';

const bytes = (length: number) =>
  z.string().regex(new RegExp(`^[0-9A-F]{${length * 2}}$`), `${length} bytes in upper-case hex`);

/** A limit in fen; the field is absent where the terminal has none. */
const limit = z.int().min(1).max(999_999_999_999);

/** What makes a terminal this terminal: its place in EMV and PBOC, its limits, and what a tap on it means. */
export const terminalProfileSchema = z
  .strictObject({
    name: z.string().min(1),
    nameZh: z.string().min(1),
    service: z.enum(services),
    /** What a tap can mean here. With more than one the caller says which. */
    events: z.array(z.enum(tapEvents)).min(1),
    /** What a tap must say of its place. */
    place: z.array(placeSchema.keyof()),
    /** What is debited where the caller says nothing; absent: the caller must say it. */
    amountFen: z.int().min(0).max(1_000_000_00).optional(),
    terminal: z.strictObject({
      /** 9F35, EMV 4.3 Book 4 annex A1. */
      terminalType: bytes(1),
      /** 9F33, EMV 4.3 Book 4 annex A2. */
      terminalCapabilities: bytes(3),
      /** 9F66, JR/T 0025.12-2013 table 3; its second byte is the kernel's for each transaction. */
      terminalTransactionQualifiers: bytes(4),
      /** 9C, ISO 8583 processing code. */
      transactionType: bytes(1),
      /** 9F15, ISO 18245. */
      merchantCategoryCode: bytes(2),
      /** DF60, JR/T 0025.14-2013 5.1; absent: a terminal without the extension. */
      cappIndicator: bytes(1).optional(),
      /** 9F1A, ISO 3166. */
      country: bytes(2).default('0156'),
      /** 5F2A, ISO 4217. */
      currency: bytes(2).default('0156'),
    }),
    /** What makes it a terminal of part 14; absent: plain qPBOC. */
    extension: extensionSchema.optional(),
    limits: z.strictObject({
      /** DF20: this amount and more is for another interface (JR/T 0025.12-2013 6.2.2). */
      transactionFen: limit.optional(),
      /** DF19: more than this asks for an online cryptogram. */
      floorFen: limit.optional(),
      /** DF21: this amount and more asks for cardholder verification. */
      cardholderVerificationFen: limit.optional(),
    }),
    limitsMs: z.strictObject({
      /** No answer to one command within this time: the card is gone. */
      exchange: z.int().min(10).max(60_000),
      /** No command is sent after this time. */
      transaction: z.int().min(10).max(600_000),
    }),
    /** The outcomes that let the holder through and make a tap. */
    accepts: z
      .array(z.enum(['approved-offline', 'online-requested']))
      .min(1)
      .default(['approved-offline']),
  })
  .refine(
    ({ amountFen, terminal }) => amountFen !== 0 || terminal.cappIndicator !== undefined,
    'an amount of 0 needs terminal.cappIndicator (JR/T 0025.12-2013 6.2.2)',
  );

export type TerminalProfile = z.infer<typeof terminalProfileSchema>;
