import { z } from 'zod';

export const fen = z.int().min(0).max(1_000_000_00);
export const text = z.string().min(1).max(200);

/** Where a row of a tariff or a campaign comes from, and whether it is only assumed. */
export const provenance = {
  source: z.string().min(1).max(500).optional(),
  assumption: z.boolean().optional(),
};

export const date = z.iso.date();
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
