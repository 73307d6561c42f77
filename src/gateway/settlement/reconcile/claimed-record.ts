import { z } from 'zod';
import { tapAmountMaxFen } from '../../../tap/index.js';
import { ReconciliationError } from './reconciliation-error.js';

/** What the operator says of one tap or charge. */
export interface ClaimedRecord {
  readonly line: number;
  readonly terminal: string;
  readonly sequence: number;
  readonly amountFen: number;
  /** Where the file tells it. */
  readonly serviceDay: string | undefined;
}

const TOO_MUCH = `more than ${tapAmountMaxFen / 100} yuan`;

const text = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u, '1 to 64 characters, none of them a control character');
const whole = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ],
  'a whole number',
);
/** No tap and no charge is of more; of a file's worth of more the sums were no longer whole numbers. */
const amount = z.int().min(-tapAmountMaxFen, TOO_MUCH).max(tapAmountMaxFen, TOO_MUCH);
/** Yuan as people write it, in fen. */
const yuan = z
  .union([z.number().transform((value) => value.toFixed(2)), z.string()])
  .pipe(z.string().regex(/^-?\d{1,13}(\.\d{1,2})?$/, 'yuan with at most two decimals'))
  .transform((value) => Math.round(Number(value) * 100));
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** The columns that count; others may stand beside them. */
const recordSchema = z.object({
  operator: optional(text),
  terminal: z.string('1 to 64 characters').pipe(text),
  sequence: whole.pipe(z.int().min(0)),
  amountFen: optional(whole.pipe(amount)),
  amount: optional(yuan.pipe(amount)),
  serviceDay: optional(z.iso.date()),
});

/** One record of the operator's file. Throws {@link ReconciliationError}. */
export function toClaimedRecord(value: unknown, line: number, operator: string): ClaimedRecord {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ReconciliationError(line, issue!.path.join('.'), issue!.message);
  }
  const { operator: named, amountFen, amount, ...record } = parsed.data;
  if (named !== undefined && named !== operator) {
    throw new ReconciliationError(line, 'operator', 'a record of another operator');
  }
  const fen = amountFen ?? amount;
  if (fen === undefined) throw new ReconciliationError(line, 'amountFen', 'amountFen (fen) or amount (yuan) is needed');
  return { line, ...record, serviceDay: record.serviceDay, amountFen: fen };
}
