import { z } from 'zod';
import { offerItemSchema, offerSchema } from '../benefits/offers/index.js';
import { memberNumberSchema } from '../membership/index.js';

const at = z.iso.datetime({ offset: true });
const { item } = offerItemSchema.shape;
const { collectWithinHours, conditions, givesBack, claimAgain, waitingPlaces, ...shown } = offerSchema.shape;

export const claimState = z.enum(['claimed', 'waiting', 'collected', 'cancelled', 'expired']);

export const offerView = z
  .object({
    ...shown,
    conditions: conditions.unwrap(),
    collectWithinHours,
    givesBack: z.boolean(),
    claimAgain: z.boolean(),
    waitingPlaces: z.int(),
    state: z.enum(['upcoming', 'open', 'over']),
    items: z.array(
      z.object({
        ...offerItemSchema.shape,
        left: z.int().min(0).describe('How many can still be claimed'),
        waiting: z.int().min(0).describe('How many wait for one'),
      }),
    ),
    publishedAt: at,
    by: z.string(),
    closed: z.object({ at, by: z.string(), reason: z.string() }).optional().describe('Closed before its time'),
  })
  .describe('An offer as it stands');

export const claimView = z
  .object({
    offer: shown.offer,
    member: memberNumberSchema,
    number: z.int().min(1).describe('1, 2, 3, … of the offer, in the order in which they came'),
    item,
    state: claimState,
    arrivedAt: at.describe('When the claim came'),
    collectBy: at.optional().describe('Until when it has to be collected'),
  })
  .describe('What a member has of an offer');

export const claimDetails = claimView.extend({
  before: z.int().min(0).optional().describe('How many wait for the same item and come first'),
  events: z.array(
    z.object({
      event: z.enum([...claimState.options, 'promoted']),
      at,
      recordedAt: at,
      by: z.string(),
      reason: z.string().optional(),
    }),
  ),
});
