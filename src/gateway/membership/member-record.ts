import { z } from 'zod';
import { instantSchema } from '../../tap/index.js';
import { unitIdSchema } from '../units/unit-id.js';
import { hasRightCheckDigit } from './check-digit.js';

const text = (length: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${length}}$`, 'u'),
      `1 to ${length} characters, none of them a control character`,
    );

/** Digits with blanks or hyphens between them: a spreadsheet's 6.228E+18 has lost the number. */
export const panSchema = z
  .string()
  .regex(/^\d([ -]?\d){12,18}$/, { error: 'a card number of 13 to 19 digits', abort: true })
  .refine(hasRightCheckDigit, {
    error: 'the check digit says that a digit of this card number is wrong',
    params: { code: 'check-digit-wrong' },
  })
  .describe('The number of the card: 13 to 19 digits. It is turned into a token at once and never stored');

export const memberNumberSchema = text(64).describe('The union’s number of the member');

export const certificationSchema = z.strictObject({
  year: z.int().min(2015).max(2100).describe('The year that the member is certified for'),
  at: instantSchema.describe('When it was done; it counts for taps from then on'),
  by: z.enum(['self', 'officer']).describe('By the member, or by an officer of the grass-roots union'),
});

export const cardStateSchema = z.strictObject({
  state: z.enum(['inactive', 'active', 'lost', 'closed']),
  from: instantSchema.describe('The card is in this state from then on, until the next one'),
});

export const membershipSchema = z.strictObject({
  change: z.enum(['joined', 'left']),
  from: instantSchema.describe('From then on; who has left loses every benefit, and the certifications done before'),
  reason: text(200).optional(),
});

export const withdrawalSchema = z.strictObject({
  year: certificationSchema.shape.year.describe('The year whose certifications are withdrawn'),
  at: instantSchema.describe('They count no more from then on'),
  reason: text(200).optional(),
});

const memberCardSchema = z.strictObject({
  pan: panSchema,
  bank: text(64).optional().describe('Who issued the card; of a new card, if not told, the Bank of China'),
  generation: z.enum(['pboc2', 'pboc3']).describe('Only a pboc3 card can be tapped'),
  generationFrom: instantSchema
    .optional()
    .describe('When it was exchanged: it is of this generation from then on, and was of the other one before'),
  sequenceNumber: z.int().min(0).max(99).optional().describe('PAN sequence number of the card; raised by an exchange'),
  states: z.array(cardStateSchema).max(100).optional().describe('A card without a state is active'),
});

export const memberRecordSchema = z
  .strictObject({
    member: memberNumberSchema,
    name: text(64),
    unit: text(200).optional().describe('Work unit, as the member calls it'),
    unitId: unitIdSchema.optional().describe('The unit of the hierarchy that the member belongs to'),
    sex: z.enum(['male', 'female']).optional(),
    identityType: text(40).optional().describe('Kind of identity document; stored sealed, as are the next three'),
    identityNumber: text(40).optional(),
    mobile: z
      .string()
      .regex(/^\+?\d{5,15}$/, 'a mobile number: 5 to 15 digits')
      .optional(),
    address: text(300).optional().describe('Home address'),
    joined: instantSchema.optional().describe('A member from then on; from the beginning if not told'),
    left: instantSchema.optional().describe('No member any more from then on'),
    certifications: z.array(certificationSchema).max(100).optional(),
    cards: z.array(memberCardSchema).max(20).optional(),
  })
  .describe(
    'A member, the years that the member is certified for, and the member’s cards. What is left out stays as it is known',
  );

export const newCardSchema = memberCardSchema
  .extend({ member: memberNumberSchema.optional() })
  .describe('A card, whosesoever');
export const newCertificationSchema = certificationSchema.extend({ member: memberNumberSchema });
export const newWithdrawalSchema = withdrawalSchema.extend({ member: memberNumberSchema });

export type MemberRecord = z.infer<typeof memberRecordSchema>;
export type MemberCard = z.infer<typeof memberCardSchema>;
export type CardState = z.infer<typeof cardStateSchema>;
export type Membership = z.infer<typeof membershipSchema>;
export type Withdrawal = z.infer<typeof withdrawalSchema>;
export type Certification = z.infer<typeof certificationSchema>;
export type NewCard = z.infer<typeof newCardSchema>;
