import { z } from 'zod';

/** Where a row of a tariff or a campaign comes from, and whether it is only assumed. */
export const provenance = {
  source: z.string().min(1).max(500).optional(),
  assumption: z.boolean().optional(),
};
