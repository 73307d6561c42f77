import type { GatewayDatabase } from '../../storage/index.js';
import type { MemberAttribute } from './member-attribute.js';

export interface RecordAttribute extends MemberAttribute {
  readonly member: string;
  /** Who says so. */
  readonly by: string;
}

export type AttributeRecorded = 'created' | 'exists' | 'member-unknown';

/** Records what holds of a member from an instant on. The same again changes nothing; another value counts from now on. */
export function recordAttribute(
  { database, clock }: { readonly database: GatewayDatabase; readonly clock: () => Date },
  { member, attribute, value, from, reason, by }: RecordAttribute,
): Promise<AttributeRecorded> {
  return database.inTransaction(async (transaction) => {
    const known = await transaction
      .selectFrom('members')
      .select('member')
      .where('member', '=', member)
      .$if(database.kind === 'postgresql', (query) => query.forUpdate())
      .executeTakeFirst();
    if (!known) return 'member-unknown';
    const fromMs = Date.parse(from);
    const last = await transaction
      .selectFrom('member_attributes')
      .select(['sequence', 'value'])
      .where('member', '=', member)
      .where('attribute', '=', attribute)
      .where('from_ms', '=', fromMs)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last?.value === value) return 'exists';
    const sequence = (last?.sequence ?? 0) + 1;
    const recorded = { recorded_at_ms: clock().getTime(), sequence, by, reason };
    await transaction
      .insertInto('member_attributes')
      .values({ member, attribute, value, from, from_ms: fromMs, ...recorded })
      .execute();
    return 'created';
  });
}
