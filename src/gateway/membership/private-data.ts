import { z } from 'zod';
import type { MembersTable } from '../storage/membership-tables.js';
import type { PersonalDataCipher } from './personal-data-cipher.js';

/** What of a member is stored sealed. */
const privateDataSchema = z.strictObject({
  identityType: z.string().optional(),
  identityNumber: z.string().optional(),
  mobile: z.string().optional(),
  address: z.string().optional(),
});

export type PrivateData = z.infer<typeof privateDataSchema>;

export const privateFields = Object.keys(privateDataSchema.shape) as readonly (keyof PrivateData)[];

/** What of a record is stored sealed. */
export function privateDataOf(record: PrivateData): PrivateData {
  const said = privateFields.filter((field) => record[field] !== undefined);
  return Object.fromEntries(said.map((field) => [field, record[field]]));
}

const placeOf = (member: string) => ({ table: 'members', column: 'private_data', row: member });

/** `null` where nothing is known. */
export function sealPrivateData(cipher: PersonalDataCipher, member: string, data: PrivateData): string | null {
  const isEmpty = privateFields.every((field) => data[field] === undefined);
  return isEmpty ? null : cipher.seal(JSON.stringify(data), placeOf(member));
}

/** Throws PersonalDataError. */
export function openPrivateData(
  cipher: PersonalDataCipher,
  { member, private_data }: Pick<MembersTable, 'member' | 'private_data'>,
): PrivateData {
  return private_data === null ? {} : privateDataSchema.parse(JSON.parse(cipher.open(private_data, placeOf(member))));
}
