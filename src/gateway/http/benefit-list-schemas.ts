import { z } from 'zod';
import { benefitListIdSchema } from '../benefits/lists/index.js';
import { memberNumberSchema } from '../membership/index.js';
import { serviceDay } from './schemas.js';

const at = z.iso.datetime({ offset: true });
const hash = z.string().describe('SHA-256 in hex');
const count = z.int().min(0);
const change = z.enum(['added', 'dropped', 'changed']);
const reason = z.string().describe('A reason of membership, or the condition that is not met; stable');

const header = z
  .object({
    list: benefitListIdSchema,
    version: z.int().min(1),
    day: serviceDay.describe('Who is entitled when this day ends'),
    asKnownAt: at.describe('By what was recorded at this instant'),
    policySha256: hash.describe('Of the rules of the list, in canonical JSON (RFC 8785)'),
    entries: count,
    added: count,
    dropped: count,
    changed: count,
    csvSha256: hash.describe('Of the CSV file'),
    jsonSha256: hash.describe('Of the JSON file'),
    previousSha256: z.string().describe('SHA-256 of the header before, in canonical JSON; empty of the first'),
  })
  .describe('What is signed');

export const versionView = z
  .object({
    list: benefitListIdSchema,
    version: z.int().min(1),
    day: serviceDay,
    state: z.enum(['building', 'published', 'stopped']).describe('`stopped`: whoever made it has died; make it again'),
    read: count.describe('How many members have been looked at'),
    by: z.string(),
    startedAt: at,
    publishedAt: at.optional(),
    header: header.optional(),
    publicKey: z.string().optional().describe('Ed25519 (RFC 8032), 32 bytes in base64'),
    signature: z
      .string()
      .optional()
      .describe('Over the line `yongtap benefit list` and the header in canonical JSON, in base64'),
  })
  .describe('A version of a list; from its publication on nothing of it changes');

export const listChangeView = z.object({
  member: memberNumberSchema,
  change,
  reason,
  unit: z.string().describe('Of the hierarchy; empty where the member is in none'),
});

export const listFileSchema = z
  .object({
    list: benefitListIdSchema,
    version: z.int(),
    entries: z.array(z.object({ member: memberNumberSchema, unit: z.string(), reason, since: serviceDay })),
  })
  .describe('In order of the members’ numbers; `since`: the day of the version since which they are on it');

export const entryView = z
  .object({
    list: benefitListIdSchema,
    member: memberNumberSchema,
    listed: z.boolean().describe('On the newest version'),
    since: serviceDay.optional(),
    changes: z.array(z.object({ version: z.int(), day: serviceDay, change, reason, since: serviceDay })),
  })
  .describe('What the versions of a list have said of a member');
