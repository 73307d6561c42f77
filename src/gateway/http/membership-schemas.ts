import { z } from 'zod';
import {
  cardStateSchema,
  certificationSchema,
  memberColumns,
  memberRecordSchema,
  membershipSchema,
  type RecordedChanges,
  withdrawalSchema,
} from '../membership/index.js';
import type { Answer } from './route.js';
import { token } from './schemas.js';

const recordedAt = z.iso.datetime().describe('When the gateway heard of it');
const { member, name, unit, unitId, sex, identityType, identityNumber, mobile, address } = memberRecordSchema.shape;

const masked = z.string().optional();

const card = z
  .object({
    token,
    mask: z.string().describe('First six and last four digits'),
    bank: z.string(),
    generation: z.enum(['pboc2', 'pboc3']).describe('As it is known now'),
    exchanges: z
      .array(
        z.object({
          generation: z.enum(['pboc2', 'pboc3']),
          from: z.string(),
          sequenceNumber: z.int().optional(),
          recordedAt,
        }),
      )
      .optional()
      .describe('In order of the instants from which they hold; of two from one instant the later one counts'),
    member: member.optional(),
    states: z.array(z.object({ ...cardStateSchema.shape, recordedAt })),
  })
  .describe('A card');

const memberView = z
  .object({
    member,
    name,
    unit,
    unitId,
    sex,
    memberships: z.array(z.object({ ...membershipSchema.shape, recordedAt })).optional(),
    withdrawals: z.array(z.object({ ...withdrawalSchema.shape, recordedAt })).optional(),
    certifications: z.array(z.object({ ...certificationSchema.shape, recordedAt })),
    cards: z.array(card),
  })
  .describe('A member');

export const membershipSchemas = {
  card,
  member: memberView,
  memberDetails: memberView.extend({
    identityType,
    identityNumber: masked.describe('First and last four characters'),
    mobile: masked.describe('First three and last four digits'),
    address: masked.describe('Up to the district'),
  }),
  privateData: z.object({ member, identityType, identityNumber, mobile, address }).describe('In clear'),
  csv: z
    .string()
    .describe(
      `The first line names the columns: ${memberColumns.join(', ')}. Certifications with semicolons between them: 2015;2016-02-01T10:00:00+08:00/self`,
    ),
};

export const recordedSchema = z
  .object({ members: z.int(), cards: z.int(), certifications: z.int(), states: z.int() })
  .describe('How many of each are new or have changed');

export const recordResponses = {
  201: { description: 'Recorded: how many are new or have changed', schema: recordedSchema },
  200: { description: 'All of it was known', schema: recordedSchema },
};

/** 201 where something was recorded, 200 where all was known. */
export function wasRecorded(recorded: RecordedChanges, audited: Answer['audited'] = {}): Answer {
  const isNew = Object.values(recorded).some((count) => count > 0);
  return { status: isNew ? 201 : 200, body: recorded, audited };
}
