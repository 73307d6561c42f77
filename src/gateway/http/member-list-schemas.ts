import { z } from 'zod';
import { fields, listStates, listStepNames } from '../collection/index.js';

const count = z.int().min(0);

export const listId = z
  .string()
  .regex(/^list-[0-9a-f]{24}$/, 'the name of a list')
  .describe('The name of a list');

export const listSchema = z
  .object({
    list: listId,
    unit: z.string().describe('Whose list it is'),
    format: z.enum(['xlsx', 'csv', 'json']),
    state: z.enum(listStates),
    atUnit: z.string().describe('The unit with which it lies now'),
    rows: z
      .object({ good: count, wrong: count, known: count, recorded: count })
      .describe('known: rows that said nothing new; recorded: those of the good ones that are members by now'),
    uploadedAt: z.string(),
  })
  .describe('A unit’s list of members, and how far it is');

export const rowSchema = z
  .object({
    row: z.int().min(1).describe('In the file, from 1'),
    state: z.enum(['good', 'wrong', 'dropped', 'recorded']),
    person: z
      .object({
        unit: z.string(),
        name: z.string(),
        sex: z.enum(['male', 'female']),
        identityType: z.string(),
        identityNumber: z.string(),
        mobile: z.string(),
        address: z.string(),
        bank: z.string(),
      })
      .optional()
      .describe('Of a good row, masked'),
    member: z.string().optional().describe('The member that it became'),
    issues: z
      .array(z.object({ column: z.string(), code: z.string(), words: z.string(), wordsZh: z.string() }))
      .optional()
      .describe('All that is wrong with the row; nothing that stood there'),
  })
  .describe('A row of a list');

export const uploadedSchema = z
  .object({ list: listSchema, wrong: z.array(rowSchema).describe('The first hundred rows that are wrong') })
  .describe('What became of a list');

const text = (length: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[^\\p{Cc}\\p{Cs}]{0,${length}}$`, 'u'),
      `up to ${length} characters, none of them a control one`,
    );

export const recordSchema = z
  .strictObject(Object.fromEntries(fields.map((field) => [field, text(300).optional()])))
  .describe('A row, with the fields that the template has');

export const listStepSchema = z
  .strictObject({
    step: z.enum(listStepNames),
    reason: z
      .string()
      .regex(/^[^\p{Cc}\p{Cs}]{1,500}$/u, '1 to 500 characters, none of them a control character')
      .optional()
      .describe('Why; a list that is returned needs one'),
  })
  .describe('A step that a list takes');

export const listParams = z.strictObject({ memberList: listId });

const rowNumber = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'a number from 1 on')
  .transform(Number)
  .describe('In the file, from 1');

export const rowParams = listParams.extend({ row: rowNumber });

export const listEventSchema = z.object({
  step: z.string(),
  state: z.enum(listStates).describe('As it was from then on'),
  atUnit: z.string(),
  row: z.int().optional().describe('Of a step about one row'),
  by: z.string(),
  reason: z.string().optional(),
  at: z.string(),
});
