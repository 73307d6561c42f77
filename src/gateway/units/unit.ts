import { z } from 'zod';
import { unitIdSchema } from './unit-id.js';
import { unitLevels } from './unit-levels.js';

/** A unit as it is told to the gateway. */
export const newUnitSchema = z
  .strictObject({
    unit: unitIdSchema,
    name: z
      .string()
      .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, '1 to 200 characters, none of them a control character')
      .describe('As it is called'),
    level: z.enum(unitLevels).describe('Where it stands; it stays as it is'),
    parent: unitIdSchema.optional().describe('The unit right above; none for the city’s'),
  })
  .describe('A unit of the hierarchy of unions');

export type NewUnit = z.infer<typeof newUnitSchema>;

/** A unit with its place in the hierarchy. */
export interface Unit extends NewUnit {
  /** From the top down to it, with / around each: `/ningbo/haishu/h-012/`. */
  readonly path: string;
}

/** Deeper than any union is. */
export const DEPTH_MAX = 12;

/** `undefined` for what stands at the top. */
export const pathBelow = (unit: string, parentPath: string | undefined): string => `${parentPath ?? '/'}${unit}/`;
