import type { Kysely } from 'kysely';
import type { CertificationField } from '../membership/index.js';
import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { maskPrivateData } from '../membership/privacy/mask-private-data.js';
import type { Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import type { ConfirmedFields } from './confirmed-fields.js';
import { placeOfConfirmation } from './keep-confirmations.js';

export interface ConfirmationView {
  readonly year: number;
  readonly by: 'self' | 'officer';
  readonly actor: string;
  readonly certified: boolean;
  readonly changed: readonly CertificationField[];
  readonly before?: ConfirmedFields;
  readonly after?: ConfirmedFields;
  readonly recordedAt: string;
}

/** Who confirmed or corrected what of a member and when, the last first; addresses and mobile numbers masked. */
export async function readConfirmations(
  kysely: Kysely<Tables>,
  {
    personalDataKey,
    formerDataKeys,
    random,
  }: Pick<CertificationOptions, 'personalDataKey' | 'formerDataKeys' | 'random'>,
  member: string,
  { limit, isRevealed }: { readonly limit: number; readonly isRevealed: boolean },
): Promise<readonly ConfirmationView[]> {
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  const rows = await kysely
    .selectFrom('certification_confirmations')
    .selectAll()
    .where('member', '=', member)
    .orderBy('recorded_at_ms', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const shown = (values: ConfirmedFields) => (isRevealed ? values : masked(values));
  return rows.map(({ id, year, by, actor, certified, changed, sealed, recorded_at_ms }) => {
    const values = sealed === null ? undefined : JSON.parse(cipher.open(sealed, placeOfConfirmation(id)));
    return {
      year,
      by,
      actor,
      certified: certified === 1,
      changed: JSON.parse(changed),
      ...(values && { before: shown(values.before), after: shown(values.after) }),
      recordedAt: new Date(recorded_at_ms).toISOString(),
    };
  });
}

const masked = (values: ConfirmedFields): ConfirmedFields => ({
  ...values,
  ...maskPrivateData({ mobile: values.mobile, address: values.address }),
});
