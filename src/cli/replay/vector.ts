import { z } from 'zod';

export const vectorSchema = z.object({
  id: z.string().min(1),
  kind: z.string().min(1),
  title: z.string().optional(),
  input: z.record(z.string(), z.unknown()),
  expect: z.record(z.string(), z.unknown()),
});

export const vectorFileSchema = z.object({
  suite: z.string().min(1),
  source: z.string().optional(),
  vectors: z.array(vectorSchema),
});

export type Vector = z.infer<typeof vectorSchema>;
export type VectorFile = z.infer<typeof vectorFileSchema>;

/** One field that came out otherwise than the vector expects; `path` as in `journeys[0].netFen`. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Runs one vector of a kind. Fields that `expect` does not name are free. No difference: it passed. */
export type VectorRunner = (
  input: Vector['input'],
  expect: Vector['expect'],
) => readonly Difference[] | Promise<readonly Difference[]>;
