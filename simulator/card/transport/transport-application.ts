import { z } from 'zod';

const bytes = z.string().regex(/^([0-9A-F]{2})+$/, 'must be bytes of upper-case hex');
const fen = z.int().min(0).max(0xffffffff);

const file = z.strictObject({
  shortFileIdentifier: z.int().min(1).max(30),
  /** Of a transparent file. */
  bytes: bytes.optional(),
  /** Of a file of records, newest first. */
  records: z.array(bytes).optional(),
});

/**
 * The transport card's application beside those of the bank (JT/T 978: the electronic purse of China's T-Union). It can be
 * read as a card at a kiosk is; its purse is spent with the keys of a secure access module, which are not modelled.
 */
export const transportApplication = z.strictObject({
  applicationIdentifier: bytes,
  label: z.string(),
  /** What stands in template A5 of the answer to SELECT. */
  proprietaryInformation: bytes,
  /** Digits. */
  cardNumber: z.string().regex(/^\d{19}$/),
  balance: fen,
  /** What rides have taken beyond the balance. */
  overdraft: fen,
  files: z.array(file),
});

export type TransportApplication = z.infer<typeof transportApplication>;
