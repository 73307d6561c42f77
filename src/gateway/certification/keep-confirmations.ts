import { insertRows } from '../intake/insert-rows.js';
import type { CertificationField } from '../membership/index.js';
import type { Recording } from '../membership/recording.js';
import type { Certifying } from './certifying.js';
import type { ConfirmedFields } from './confirmed-fields.js';

/** What was confirmed of a member: fields that have changed, with their values before and after. */
export interface NewConfirmation {
  readonly member: string;
  /** Whether it certified the member. */
  readonly isNew: boolean;
  readonly changed: readonly CertificationField[];
  readonly before: ConfirmedFields;
  readonly after: ConfirmedFields;
}

const ID_LENGTH = 16;

export const placeOfConfirmation = (id: string) => ({
  table: 'certification_confirmations',
  column: 'sealed',
  row: id,
});

/** Keeps who confirmed or corrected what, for ever; values are sealed. */
export async function keepConfirmations(
  { transaction, cipher, nowMs }: Recording,
  random: (length: number) => Uint8Array,
  { year, by, actor }: Certifying,
  confirmations: readonly NewConfirmation[],
): Promise<void> {
  const rows = confirmations.map(({ member, isNew, changed, before, after }) => {
    const id = `cfm_${Buffer.from(random(ID_LENGTH)).toString('hex')}`;
    const only = (values: ConfirmedFields) => Object.fromEntries(changed.map((field) => [field, values[field]]));
    const values = JSON.stringify({ before: only(before), after: only(after) });
    return {
      id,
      member,
      year,
      by,
      actor,
      certified: isNew ? 1 : 0,
      changed: JSON.stringify(changed),
      sealed: changed.length === 0 ? null : cipher.seal(values, placeOfConfirmation(id)),
      recorded_at_ms: nowMs,
    };
  });
  await insertRows(transaction, 'certification_confirmations', rows);
}
