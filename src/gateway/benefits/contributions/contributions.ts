import type { Kysely } from 'kysely';
import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import type { UnitContributionsTable } from '../../storage/benefit-tables.js';
import type { GatewayDatabase, Tables } from '../../storage/index.js';
import { unitIdSchema } from '../../units/unit-id.js';
import { contributionClassSchema } from '../loans/index.js';

export const contributionSchema = z.strictObject({
  unit: unitIdSchema,
  class: contributionClassSchema.describe('The class of its deposit contribution: A is the highest of Ningbo’s policy'),
  from: instantSchema.describe('It holds from then on, until the next one'),
  reason: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, '1 to 200 characters, none of them a control character')
    .describe('What shows it'),
});

export type Contribution = z.infer<typeof contributionSchema>;

/** Records of which class a unit's contribution is from an instant on. The same again changes nothing. */
export function recordContribution(
  { database, clock }: { readonly database: GatewayDatabase; readonly clock: () => Date },
  { unit, class: of, from, reason, by }: Contribution & { readonly by: string },
): Promise<'created' | 'exists' | 'unit-unknown'> {
  return database.inTransaction(async (transaction) => {
    const known = await transaction
      .selectFrom('units')
      .select('unit')
      .where('unit', '=', unit)
      .$if(database.kind === 'postgresql', (query) => query.forUpdate())
      .executeTakeFirst();
    if (!known) return 'unit-unknown';
    const fromMs = Date.parse(from);
    const last = await transaction
      .selectFrom('unit_contributions')
      .select(['sequence', 'class'])
      .where('unit', '=', unit)
      .where('from_ms', '=', fromMs)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last?.class === of) return 'exists';
    const recorded = { recorded_at_ms: clock().getTime(), sequence: (last?.sequence ?? 0) + 1, by, reason };
    await transaction
      .insertInto('unit_contributions')
      .values({ unit, class: of, from, from_ms: fromMs, ...recorded })
      .execute();
    return 'created';
  });
}

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

/** All that was recorded of some units, in the order in which it holds. */
export const readContributions = (
  reader: Reader,
  units: readonly string[],
): Promise<readonly UnitContributionsTable[]> =>
  reader
    .selectFrom('unit_contributions')
    .selectAll()
    .where('unit', 'in', units)
    .orderBy('unit')
    .orderBy('from_ms')
    .orderBy('sequence')
    .execute();

/** The class that holds for a unit at an instant: its own, or that of the nearest unit above of which one is recorded. */
export async function contributionAt(
  reader: Reader,
  unitPath: string | undefined,
  atMs: number,
): Promise<string | undefined> {
  const units = unitPath?.split('/').filter((unit) => unit !== '') ?? [];
  if (units.length === 0) return undefined;
  const rows = (await readContributions(reader, units)).filter(({ from_ms }) => from_ms <= atMs);
  for (const unit of units.toReversed()) {
    const last = rows.filter((row) => row.unit === unit).at(-1);
    if (last) return last.class;
  }
  return undefined;
}
