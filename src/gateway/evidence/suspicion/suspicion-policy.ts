import { parse } from 'yaml';
import { z } from 'zod';
import places from '../data/places-ningbo.yaml';
import policy from '../data/suspicion-policy.yaml';

const points = z.int().min(0).max(100);
const positive = z.number().positive();
const coordinates = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]).readonly();

const policySchema = z
  .strictObject({
    id: z.string(),
    setAsideFrom: points.min(1),
    counterBackwards: z.strictObject({
      toleranceS: z.int().min(0),
      points,
      pointsPerHour: z.number().min(0),
      pointsMax: points,
    }),
    tooFarApart: z.strictObject({ toleranceS: z.int().min(0), fastestKmH: positive, points, pointsMax: points }),
    counterJump: z.strictObject({
      skipped: z.int().min(1),
      points,
      pointsPerHundred: z.number().min(0),
      pointsMax: points,
    }),
  })
  .readonly();

const placesSchema = z
  .strictObject({
    id: z.string(),
    assumption: z.boolean(),
    stations: z.strictObject({ radiusKm: z.number().min(0), at: z.record(z.string(), coordinates) }),
    regions: z.record(z.string(), z.strictObject({ at: coordinates, radiusKm: z.number().min(0) })),
  })
  .readonly();

/** Where places lie, in degrees and kilometres. */
export type PlaceMap = z.infer<typeof placesSchema>;

/** From when on two taps of one chip cannot both be right; times in seconds, points up to 100. */
export type SuspicionPolicy = z.infer<typeof policySchema> & { readonly places: PlaceMap };

let boxed: SuspicionPolicy | undefined;

/** The policy in the box. */
export function boxedSuspicionPolicy(): SuspicionPolicy {
  boxed ??= { ...policySchema.parse(parse(policy)), places: placesSchema.parse(parse(places)) };
  return boxed;
}
