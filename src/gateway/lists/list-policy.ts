import { z } from 'zod';
import policyOfTheBox from './list-policy.json';

/** The index of debts knows none below. */
export const DEBT_FEN_MIN = 1000;

const seconds = z
  .int()
  .min(1)
  .max(86_400 * 366);

/** How often lists are made, how long they hold, and how many versions back a terminal may be to get what has changed. */
const listPolicySchema = z.strictObject({
  /** The deny list is made again this often where something has changed. */
  denySeconds: seconds.max(3600),
  /** The same for all others. */
  othersSeconds: seconds.max(86_400),
  /** A card that owes this much, in fen, is kept out. */
  debtFen: z.int().min(DEBT_FEN_MIN),
  /** How long a version holds; half of it before its end the same content comes out again. */
  validSeconds: seconds,
  deltaVersions: z.int().min(1).max(10_000),
  /** A filter is made anew when its corrections are this share of its names. */
  correctionsShareMax: z.number().min(0).max(1),
  correctionsMin: z.int().min(0),
});

export type ListPolicy = z.infer<typeof listPolicySchema>;

export const listPolicy: ListPolicy = listPolicySchema.parse(policyOfTheBox);
