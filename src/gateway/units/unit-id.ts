import { z } from 'zod';

/** Neither / nor what a pattern of SQL takes for something else: ids stand in paths, and these in patterns. */
export const unitIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, '1 to 40 letters, digits and hyphens')
  .describe('The id of a unit: 1 to 40 letters, digits and hyphens');
